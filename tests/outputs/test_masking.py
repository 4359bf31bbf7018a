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
        pytest.param("葛\U000e0100明亮", "葛\U000e0100*亮", id="variation-of-the-surname"),
        pytest.param("葛明\U000e0100亮", "葛*亮", id="variation-inside"),
        pytest.param("葛明亮\U000e0100", "葛*亮\U000e0100", id="variation-of-the-last"),
        pytest.param("李\u20dd明亮", "李\u20dd*亮", id="enclosed"),
        pytest.param("李\u200d明亮", "李\u200d*亮", id="joined"),
        pytest.param("\ue000明亮", "\ue000***亮", id="a-character-without-a-name"),
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
    assert mask_text("与张小三结对", {"张小": "张*（M1）", "张小三": "张*三"}) == "与张*三结对"
    assert mask_text("结对", {"": "*"}) == "结对"


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
