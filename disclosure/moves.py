"""The way of a disclosure as data: which act leads from where to where, and who may take it."""

from typing import NamedTuple

from budgets.enums import ReviewChain, Role
from disclosure.enums import Act, Status

CHAINS: dict[str, tuple[Status, ...]] = {
    ReviewChain.FOUR: (Status.DEPARTMENT_REVIEW, Status.SECRECY_REVIEW, Status.SIGNING, Status.BUREAU_REVIEW),
    ReviewChain.THREE: (Status.DEPARTMENT_REVIEW, Status.SECRECY_REVIEW, Status.SIGNING),
}
"""The reviews between 填报中 and 待公开; 保密审查 and 负责人审签 are the law's (K09) and stand in every chain."""

HOLDERS = {
    Status.DRAFTING: Role.CLERK,
    Status.DEPARTMENT_REVIEW: Role.DEPARTMENT_REVIEWER,
    Status.SECRECY_REVIEW: Role.SECRECY_REVIEWER,
    Status.SIGNING: Role.SIGNING_HEAD,
    Status.BUREAU_REVIEW: Role.BUREAU_REVIEWER,
    Status.READY: Role.PUBLISHER,
    Status.PUBLISHED: Role.PUBLISHER,
}
"""On whose desk a disclosure lies."""

REVIEWS = CHAINS[ReviewChain.FOUR]
WITHIN_DEPARTMENT = CHAINS[ReviewChain.THREE]
"""The steps that a small department may give to one person."""

CONCLUSIONS = {
    Status.DEPARTMENT_REVIEW: "审核无误",
    Status.SECRECY_REVIEW: "已审查，不涉及国家秘密、工作秘密和个人隐私，可以公开",
    Status.SIGNING: "已审签，同意公开",
    Status.BUREAU_REVIEW: "审核通过",
}
"""What a review says where its reviewer leaves it as proposed."""


class Move(NamedTuple):
    """An act that is possible in some states, by some roles; ``end`` is None where the chain says what comes next."""

    starts: tuple[Status, ...]
    roles: tuple[Role, ...]
    end: Status | None


UNDER_WAY = (*REVIEWS, Status.READY)
UNPUBLISHED = (Status.DRAFTING, *UNDER_WAY)

MOVES = {
    Act.SUBMIT: Move((Status.DRAFTING,), (Role.CLERK,), None),
    Act.RECALL: Move((Status.DEPARTMENT_REVIEW,), (Role.CLERK,), Status.DRAFTING),
    Act.SIGN: Move(WITHIN_DEPARTMENT, (Role.DEPARTMENT_REVIEWER, Role.SECRECY_REVIEWER, Role.SIGNING_HEAD), None),
    Act.APPROVE: Move((Status.BUREAU_REVIEW,), (Role.BUREAU_REVIEWER,), None),
    Act.SEND_BACK: Move(
        UNDER_WAY,
        (
            Role.DEPARTMENT_REVIEWER,
            Role.SECRECY_REVIEWER,
            Role.SIGNING_HEAD,
            Role.BUREAU_REVIEWER,
            Role.PUBLISHER,
        ),
        Status.DRAFTING,
    ),
    Act.SCHEDULE: Move((Status.READY,), (Role.PUBLISHER,), Status.READY),
    Act.PUBLISH: Move((Status.READY,), (Role.PUBLISHER,), Status.PUBLISHED),
    Act.PUBLISH_URGENTLY: Move((Status.DRAFTING, *REVIEWS), (Role.EMERGENCY_PUBLISHER,), Status.PUBLISHED),
    Act.CONFIRM_URGENT: Move(tuple(Status), (Role.BUREAU_REVIEWER, Role.PUBLISHER), None),
    Act.CORRECT: Move((Status.PUBLISHED,), (Role.CLERK, Role.BUREAU_REVIEWER), Status.DRAFTING),
    Act.ABANDON: Move((Status.DRAFTING,), (Role.CLERK, Role.BUREAU_REVIEWER), Status.PUBLISHED),
    Act.WITHDRAW: Move(tuple(Status), (Role.BUREAU_REVIEWER, Role.PUBLISHER), None),
}
"""Every act: where it may start, by whom, where it ends. Nothing moves a disclosure but these."""

FORWARD = (Act.SUBMIT, Act.SIGN, Act.APPROVE, Act.PUBLISH)
"""The steps to publication, no two consecutive ones by one account."""


def roles_of(act: Act, status: Status) -> tuple[Role, ...]:
    """Return who may take an act in a state: a review is signed by its own reviewer, and returned by the bureau too."""
    if act is Act.SIGN:
        return (HOLDERS[status],)
    if act is Act.SEND_BACK:
        return tuple(dict.fromkeys((HOLDERS[status], Role.BUREAU_REVIEWER)))
    return MOVES[act].roles


def next_step(status: Status, chain: tuple[Status, ...]) -> Status:
    """Return what follows a state on a way through ``chain``; 待公开 follows the last review."""
    later = UNPUBLISHED[UNPUBLISHED.index(status) + 1 :]
    return next(step for step in later if step in chain or step == Status.READY)
