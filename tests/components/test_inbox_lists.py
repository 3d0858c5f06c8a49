"""The inbox leads to every list of work that lies on another page."""

from components.inbox_lists import PAGE_OF
from data.worklists import ELSEWHERE


def test_every_list_elsewhere_has_a_page_to_go_to():
    assert set(PAGE_OF) == set(ELSEWHERE)
