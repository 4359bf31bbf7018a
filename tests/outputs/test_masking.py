"""Names as the public may see them."""

from __future__ import annotations

import pytest

from pointscli.outputs.masking import mask_identity, mask_name, mask_names, mask_text


@pytest.mark.parametrize(
    ("name", "masked"),
    [
        pytest.param("张三", "张*", id="two"),
        pytest.param("张小三", "张*三", id="three"),
        pytest.param("张大小三", "张**三", id="four"),
        pytest.param("欧阳娜娜", "欧阳**", id="compound-four"),
        pytest.param("欧阳娜", "欧阳*", id="compound-three"),
        pytest.param("欧阳", "欧*", id="only-a-surname-of-two-is-a-name-of-two"),
        pytest.param("阿依古丽·买买提", "阿***提", id="middle-dot"),
        pytest.param("阿依古丽•买买提", "阿***提", id="bullet"),
        pytest.param("𬱖三", "𬱖*", id="beyond-the-basic-plane"),
        pytest.param("陈𬱖", "陈*", id="rare-given-name"),
        pytest.param("John Smith", "J***h", id="latin"),
        pytest.param("李", "*", id="one"),
        pytest.param("  张 ", "*", id="blanks"),
        pytest.param("", "", id="empty"),
    ],
)
def test_mask_name(name: str, masked: str) -> None:
    assert mask_name(name) == masked


def test_equal_masks_get_numbers() -> None:
    names = {"M1": "张伟三", "M2": "张小三", "M3": "李四"}
    assert mask_names(names) == {"M1": "张*三（M1）", "M2": "张*三（M2）", "M3": "李*"}


def test_names_in_texts() -> None:
    assert mask_text("与张小三、张小结对", {"张小": "张*", "张小三": "张*三"}) == "与张*三、张*结对"


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        pytest.param("110101199003071234", "110**************4", id="plain"),
        pytest.param("身份证11010119900307123X。", "身份证110**************X。", id="inside"),
        pytest.param("202107050001234567", "202107050001234567", id="no-date-of-birth"),
        pytest.param("M001", "M001", id="member-number"),
    ],
)
def test_identity_numbers(text: str, masked: str) -> None:
    assert mask_identity(text) == masked
