"""What a member of staff may do, by role."""

from enum import StrEnum


class Permission(StrEnum):
    """A thing a route may require."""

    VIEW_CASES = "view_cases"
    HANDLE_CASES = "handle_cases"
    APPROVE_CASES = "approve_cases"
    ASSIGN_CASES = "assign_cases"
    REVEAL_PERSONAL = "reveal_personal"
    VIEW_REGISTER = "view_register"
    IMPORT_REGISTER = "import_register"
    VIEW_REMINDERS = "view_reminders"
    RUN_REMINDERS = "run_reminders"
    VIEW_KNOWLEDGE = "view_knowledge"
    EDIT_KNOWLEDGE = "edit_knowledge"
    REVIEW_KNOWLEDGE = "review_knowledge"
    PUBLISH_KNOWLEDGE = "publish_knowledge"
    EDIT_OFFICES = "edit_offices"
    EDIT_CALENDAR = "edit_calendar"
    VIEW_AUDIT = "view_audit"
    MANAGE_STAFF = "manage_staff"


class Role(StrEnum):
    """The offices people hold."""

    HANDLER = "handler"
    SUPERVISOR = "supervisor"
    EDITOR = "editor"
    ADMIN = "admin"


ROLE_NAMES = {
    Role.HANDLER: "办案人员",
    Role.SUPERVISOR: "科室负责人",
    Role.EDITOR: "知识编辑",
    Role.ADMIN: "省级管理员",
}

_HANDLER = frozenset(
    {
        Permission.VIEW_CASES,
        Permission.HANDLE_CASES,
        Permission.REVEAL_PERSONAL,
        Permission.VIEW_REGISTER,
        Permission.VIEW_REMINDERS,
    }
)
_SUPERVISOR = _HANDLER | {
    Permission.APPROVE_CASES,
    Permission.ASSIGN_CASES,
    Permission.IMPORT_REGISTER,
    Permission.RUN_REMINDERS,
    Permission.EDIT_OFFICES,
    Permission.VIEW_AUDIT,
    Permission.VIEW_KNOWLEDGE,
    Permission.REVIEW_KNOWLEDGE,
    Permission.PUBLISH_KNOWLEDGE,
}
PERMISSIONS: dict[Role, frozenset[Permission]] = {
    Role.HANDLER: _HANDLER,
    Role.SUPERVISOR: _SUPERVISOR,
    Role.EDITOR: frozenset(
        {
            Permission.VIEW_KNOWLEDGE,
            Permission.EDIT_KNOWLEDGE,
            Permission.REVIEW_KNOWLEDGE,
            Permission.PUBLISH_KNOWLEDGE,
            Permission.VIEW_REGISTER,
        }
    ),
    Role.ADMIN: frozenset(Permission)
    - {Permission.HANDLE_CASES, Permission.APPROVE_CASES, Permission.REVEAL_PERSONAL},
}
