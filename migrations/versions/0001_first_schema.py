"""The first schema: people, register, cases, conversation, outbox, audit."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from core.database import Moment

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create every table."""
    op.create_table('answered_messages',
    sa.Column('key', sa.String(length=128), nullable=False),
    sa.Column('reply', sa.LargeBinary(), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('key', name=op.f('pk_answered_messages'))
    )
    op.create_index(op.f('ix_answered_messages_at'), 'answered_messages', ['at'], unique=False)
    op.create_table('asked_questions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('entry_id', sa.String(length=64), nullable=True),
    sa.Column('confidence', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_asked_questions'))
    )
    op.create_index(op.f('ix_asked_questions_at'), 'asked_questions', ['at'], unique=False)
    op.create_index(op.f('ix_asked_questions_entry_id'), 'asked_questions', ['entry_id'], unique=False)
    op.create_table('audit_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('actor_name', sa.String(length=64), nullable=False),
    sa.Column('action', sa.String(length=64), nullable=False),
    sa.Column('subject', sa.String(length=96), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('previous', sa.Text(), nullable=False),
    sa.Column('seal', sa.String(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries')),
    sa.UniqueConstraint('seal', name=op.f('uq_audit_entries_seal'))
    )
    op.create_index(op.f('ix_audit_entries_actor_id'), 'audit_entries', ['actor_id'], unique=False)
    op.create_index(op.f('ix_audit_entries_subject'), 'audit_entries', ['subject'], unique=False)
    op.create_table('calendar_days',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('note', sa.String(length=32), nullable=False),
    sa.Column('source', sa.Text(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_calendar_days'))
    )
    op.create_table('citizens',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('followed', sa.Boolean(), nullable=False),
    sa.Column('name', sa.LargeBinary(), nullable=True),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('address', sa.LargeBinary(), nullable=True),
    sa.Column('first_seen_at', Moment(), nullable=False),
    sa.Column('privacy_shown_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_citizens')),
    sa.UniqueConstraint('openid', name=op.f('uq_citizens_openid'))
    )
    op.create_table('consents',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=32), nullable=False),
    sa.Column('version', sa.String(length=16), nullable=False),
    sa.Column('given_at', Moment(), nullable=False),
    sa.Column('withdrawn_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_consents')),
    sa.UniqueConstraint('openid', 'kind', 'version', name=op.f('uq_consents_openid_kind_version'))
    )
    op.create_index(op.f('ix_consents_openid'), 'consents', ['openid'], unique=False)
    op.create_table('conversations',
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('filling', sa.Boolean(), nullable=False),
    sa.Column('topic', sa.LargeBinary(), nullable=True),
    sa.Column('changed_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('openid', name=op.f('pk_conversations'))
    )
    op.create_table('delivery_receipts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('provider_id', sa.String(length=64), nullable=False),
    sa.Column('delivered', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=120), nullable=False),
    sa.Column('received_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_delivery_receipts')),
    sa.UniqueConstraint('provider_id', name=op.f('uq_delivery_receipts_provider_id'))
    )
    op.create_table('drafts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('facts', sa.LargeBinary(), nullable=False),
    sa.Column('asked', sa.String(length=16), nullable=True),
    sa.Column('begun_at', Moment(), nullable=False),
    sa.Column('changed_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('openid', name=op.f('uq_drafts_openid'))
    )
    op.create_index(op.f('ix_drafts_changed_at'), 'drafts', ['changed_at'], unique=False)
    op.create_table('job_runs',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('job', sa.String(length=64), nullable=False),
    sa.Column('slot', sa.String(length=32), nullable=False),
    sa.Column('epoch', sa.Integer(), nullable=False),
    sa.Column('lease_until', Moment(), nullable=False),
    sa.Column('began_at', Moment(), nullable=False),
    sa.Column('done_at', Moment(), nullable=True),
    sa.Column('result', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_job_runs')),
    sa.UniqueConstraint('job', 'slot', name=op.f('uq_job_runs_job_slot'))
    )
    op.create_table('pending_media',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('message_key', sa.String(length=128), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('media_id', sa.String(length=256), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('next_at', Moment(), nullable=False),
    sa.Column('error', sa.Text(), nullable=False),
    sa.Column('received_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_pending_media')),
    sa.UniqueConstraint('message_key', name=op.f('uq_pending_media_message_key'))
    )
    op.create_index('ix_pending_media_due', 'pending_media', ['status', 'next_at'], unique=False)
    op.create_index(op.f('ix_pending_media_openid'), 'pending_media', ['openid'], unique=False)
    op.create_table('platform_tokens',
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('value', sa.LargeBinary(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('renew_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('name', name=op.f('pk_platform_tokens'))
    )
    op.create_table('regions',
    sa.Column('code', sa.String(length=6), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('level', sa.String(length=16), nullable=False),
    sa.Column('parent', sa.String(length=6), nullable=True),
    sa.ForeignKeyConstraint(['parent'], ['regions.code'], name=op.f('fk_regions_parent_regions')),
    sa.PrimaryKeyConstraint('code', name=op.f('pk_regions'))
    )
    op.create_index(op.f('ix_regions_name'), 'regions', ['name'], unique=False)
    op.create_table('reminders',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('subject_kind', sa.String(length=32), nullable=False),
    sa.Column('subject_id', sa.BigInteger(), nullable=False),
    sa.Column('cycle', sa.String(length=64), nullable=False),
    sa.Column('stage', sa.Integer(), nullable=False),
    sa.Column('recipient', sa.String(length=64), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('region_code', sa.String(length=12), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('reason', sa.String(length=32), nullable=False),
    sa.Column('planned_on', sa.Date(), nullable=False),
    sa.Column('planned_at', Moment(), nullable=False),
    sa.Column('settled_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_reminders')),
    sa.UniqueConstraint('subject_kind', 'subject_id', 'cycle', 'stage', 'recipient', name=op.f('uq_reminders_subject_kind_subject_id_cycle_stage_recipient'))
    )
    op.create_index(op.f('ix_reminders_planned_on_stage_status'), 'reminders', ['planned_on', 'stage', 'status'], unique=False)
    op.create_index(op.f('ix_reminders_status_id'), 'reminders', ['status', 'id'], unique=False)
    op.create_table('send_budgets',
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('used', sa.Integer(), nullable=False),
    sa.PrimaryKeyConstraint('day', name=op.f('pk_send_budgets'))
    )
    op.create_table('staff',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('username', sa.String(length=32), nullable=False),
    sa.Column('name', sa.String(length=32), nullable=False),
    sa.Column('password_hash', sa.String(length=128), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('region', sa.String(length=6), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('locked_until', Moment(), nullable=True),
    sa.Column('signed_in_at', Moment(), nullable=True),
    sa.Column('created_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_staff')),
    sa.UniqueConstraint('username', name=op.f('uq_staff_username'))
    )
    op.create_table('stored_files',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('sha256', sa.String(length=64), nullable=False),
    sa.Column('format', sa.String(length=8), nullable=False),
    sa.Column('width', sa.Integer(), nullable=False),
    sa.Column('height', sa.Integer(), nullable=False),
    sa.Column('size', sa.Integer(), nullable=False),
    sa.Column('kept_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_stored_files')),
    sa.UniqueConstraint('sha256', name=op.f('uq_stored_files_sha256'))
    )
    op.create_table('web_sessions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('token_hash', sa.String(length=64), nullable=False),
    sa.Column('door', sa.String(length=16), nullable=False),
    sa.Column('subject', sa.String(length=64), nullable=False),
    sa.Column('csrf', sa.String(length=64), nullable=False),
    sa.Column('facts', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('seen_at', Moment(), nullable=False),
    sa.Column('expires_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_web_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_web_sessions_token_hash'))
    )
    op.create_index(op.f('ix_web_sessions_expires_at'), 'web_sessions', ['expires_at'], unique=False)
    op.create_index(op.f('ix_web_sessions_subject'), 'web_sessions', ['subject'], unique=False)
    op.create_table('merchants',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('uscc', sa.String(length=18), nullable=False),
    sa.Column('name', sa.String(length=128), nullable=False),
    sa.Column('sign_name', sa.String(length=64), nullable=False),
    sa.Column('name_key', sa.String(length=128), nullable=False),
    sa.Column('sign_key', sa.String(length=64), nullable=False),
    sa.Column('trade', sa.String(length=32), nullable=False),
    sa.Column('region_code', sa.String(length=6), nullable=False),
    sa.Column('address', sa.String(length=128), nullable=False),
    sa.Column('phone', sa.LargeBinary(), nullable=True),
    sa.Column('market', sa.String(length=64), nullable=False),
    sa.Column('stall', sa.String(length=32), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('updated_at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['region_code'], ['regions.code'], name=op.f('fk_merchants_region_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merchants')),
    sa.UniqueConstraint('uscc', name=op.f('uq_merchants_uscc'))
    )
    op.create_index('ix_merchants_name_key', 'merchants', ['name_key'], unique=False)
    op.create_index('ix_merchants_region_code_id', 'merchants', ['region_code', 'id'], unique=False)
    op.create_index('ix_merchants_sign_key', 'merchants', ['sign_key'], unique=False)
    op.create_index(op.f('ix_merchants_updated_at'), 'merchants', ['updated_at'], unique=False)
    op.create_table('offices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('region_code', sa.String(length=6), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('phone', sa.String(length=32), nullable=False),
    sa.Column('hours', sa.String(length=64), nullable=False),
    sa.Column('address', sa.String(length=128), nullable=False),
    sa.ForeignKeyConstraint(['region_code'], ['regions.code'], name=op.f('fk_offices_region_code_regions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_offices')),
    sa.UniqueConstraint('region_code', name=op.f('uq_offices_region_code'))
    )
    op.create_table('outbox_messages',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('channel', sa.String(length=16), nullable=False),
    sa.Column('recipient', sa.String(length=64), nullable=False),
    sa.Column('content', sa.LargeBinary(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('dedup_key', sa.String(length=128), nullable=False),
    sa.Column('client_msg_id', sa.String(length=64), nullable=False),
    sa.Column('reminder_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('rank', sa.Integer(), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('attempts', sa.Integer(), nullable=False),
    sa.Column('not_before', Moment(), nullable=False),
    sa.Column('exposed_at', Moment(), nullable=True),
    sa.Column('lease_until', Moment(), nullable=True),
    sa.Column('lease_token', sa.String(length=64), nullable=False),
    sa.Column('provider_id', sa.String(length=64), nullable=False),
    sa.Column('last_error', sa.String(length=300), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('settled_at', Moment(), nullable=True),
    sa.ForeignKeyConstraint(['reminder_id'], ['reminders.id'], name=op.f('fk_outbox_messages_reminder_id_reminders')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_outbox_messages')),
    sa.UniqueConstraint('client_msg_id', name=op.f('uq_outbox_messages_client_msg_id')),
    sa.UniqueConstraint('dedup_key', name=op.f('uq_outbox_messages_dedup_key'))
    )
    op.create_index(op.f('ix_outbox_messages_provider_id'), 'outbox_messages', ['provider_id'], unique=False)
    op.create_index(op.f('ix_outbox_messages_rank_not_before_id'), 'outbox_messages', ['rank', 'not_before', 'id'], unique=False, sqlite_where=sa.text("status IN ('pending', 'sending')"), postgresql_where=sa.text("status IN ('pending', 'sending')"))
    op.create_index(op.f('ix_outbox_messages_recipient'), 'outbox_messages', ['recipient'], unique=False)
    op.create_index(op.f('ix_outbox_messages_reminder_id'), 'outbox_messages', ['reminder_id'], unique=False)
    op.create_index(op.f('ix_outbox_messages_status_id'), 'outbox_messages', ['status', 'id'], unique=False)
    op.create_table('cases',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('number', sa.String(length=16), nullable=False),
    sa.Column('track', sa.String(length=16), nullable=False),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('is_open', sa.Boolean(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('idempotency_key', sa.String(length=64), nullable=False),
    sa.Column('contact_name', sa.LargeBinary(), nullable=True),
    sa.Column('contact_phone', sa.LargeBinary(), nullable=True),
    sa.Column('contact_address', sa.LargeBinary(), nullable=True),
    sa.Column('phone_index', sa.String(length=32), nullable=True),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('merchant_name', sa.String(length=128), nullable=False),
    sa.Column('place', sa.String(length=200), nullable=False),
    sa.Column('region_code', sa.String(length=6), nullable=False),
    sa.Column('product', sa.String(length=64), nullable=False),
    sa.Column('claimed_mg', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('measured_mg', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('claimed_ml', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('measured_ml', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('method', sa.String(length=64), nullable=True),
    sa.Column('unit_price_cents_per_kg', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('paid_cents', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('bought_on', sa.Date(), nullable=True),
    sa.Column('demand', sa.Text(), nullable=False),
    sa.Column('story', sa.LargeBinary(), nullable=True),
    sa.Column('assessment', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=True),
    sa.Column('received_at', Moment(), nullable=False),
    sa.Column('law_order', sa.String(length=64), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('platform_number', sa.String(length=32), nullable=True),
    sa.Column('assignee_id', sa.String(length=64), nullable=True),
    sa.Column('assignee_name', sa.String(length=64), nullable=False),
    sa.Column('changed_at', Moment(), nullable=False),
    sa.Column('closed_at', Moment(), nullable=True),
    sa.CheckConstraint("track in ('complaint', 'tipoff')", name=op.f('ck_cases_track')),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_cases_merchant_id_merchants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_cases')),
    sa.UniqueConstraint('number', name=op.f('uq_cases_number')),
    sa.UniqueConstraint('openid', 'idempotency_key', name=op.f('uq_cases_openid_idempotency_key'))
    )
    op.create_index('ix_cases_assignee_id_is_open_due_on', 'cases', ['assignee_id', 'is_open', 'due_on'], unique=False)
    op.create_index(op.f('ix_cases_merchant_id'), 'cases', ['merchant_id'], unique=False)
    op.create_index('ix_cases_openid_id', 'cases', ['openid', 'id'], unique=False)
    op.create_index(op.f('ix_cases_phone_index'), 'cases', ['phone_index'], unique=False)
    op.create_index('ix_cases_queue', 'cases', ['is_open', 'due_on', 'id'], unique=False)
    op.create_index('ix_cases_region_queue', 'cases', ['region_code', 'status', 'due_on', 'id'], unique=False)
    op.create_table('instruments',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=48), nullable=False),
    sa.Column('name', sa.String(length=64), nullable=False),
    sa.Column('maker', sa.String(length=64), nullable=False),
    sa.Column('model', sa.String(length=64), nullable=False),
    sa.Column('serial', sa.String(length=64), nullable=False),
    sa.Column('place', sa.String(length=128), nullable=False),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.Column('updated_at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_instruments_merchant_id_merchants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_instruments')),
    sa.UniqueConstraint('merchant_id', 'serial', name=op.f('uq_instruments_merchant_id_serial'))
    )
    op.create_index(op.f('ix_instruments_serial'), 'instruments', ['serial'], unique=False)
    op.create_table('merchant_contacts',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('merchant_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('openid', sa.String(length=64), nullable=False),
    sa.Column('role', sa.String(length=16), nullable=False),
    sa.Column('bound_at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['merchant_id'], ['merchants.id'], name=op.f('fk_merchant_contacts_merchant_id_merchants')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_merchant_contacts')),
    sa.UniqueConstraint('merchant_id', 'openid', name=op.f('uq_merchant_contacts_merchant_id_openid'))
    )
    op.create_index(op.f('ix_merchant_contacts_openid'), 'merchant_contacts', ['openid'], unique=False)
    op.create_table('case_events',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('step', sa.String(length=16), nullable=True),
    sa.Column('status', sa.String(length=16), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('actor_name', sa.String(length=64), nullable=False),
    sa.Column('public_text', sa.Text(), nullable=True),
    sa.Column('internal_text', sa.Text(), nullable=True),
    sa.Column('facts', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_case_events_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_case_events'))
    )
    op.create_index('ix_case_events_case_id_id', 'case_events', ['case_id', 'id'], unique=False)
    op.create_table('evidence',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('draft_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('file_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('caption', sa.String(length=64), nullable=False),
    sa.Column('added_at', Moment(), nullable=False),
    sa.CheckConstraint('(draft_id is null) <> (case_id is null)', name=op.f('ck_evidence_one_owner')),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_evidence_case_id_cases'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['draft_id'], ['drafts.id'], name=op.f('fk_evidence_draft_id_drafts'), ondelete='CASCADE'),
    sa.ForeignKeyConstraint(['file_id'], ['stored_files.id'], name=op.f('fk_evidence_file_id_stored_files')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    op.create_index(op.f('ix_evidence_case_id'), 'evidence', ['case_id'], unique=False)
    op.create_index(op.f('ix_evidence_draft_id'), 'evidence', ['draft_id'], unique=False)
    op.create_table('running_clocks',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('case_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('clock', sa.String(length=32), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('days', sa.Integer(), nullable=False),
    sa.Column('unit', sa.String(length=16), nullable=False),
    sa.Column('basis', sa.String(length=96), nullable=False),
    sa.Column('law_order', sa.String(length=64), nullable=False),
    sa.Column('confidence', sa.String(length=1), nullable=False),
    sa.Column('provisional', sa.Boolean(), nullable=False),
    sa.Column('stopped_at', Moment(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['cases.id'], name=op.f('fk_running_clocks_case_id_cases'), ondelete='CASCADE'),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_running_clocks')),
    sa.UniqueConstraint('case_id', 'clock', name=op.f('uq_running_clocks_case_id_clock'))
    )
    op.create_table('verifications',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('instrument_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('certificate_no', sa.String(length=64), nullable=False),
    sa.Column('verified_on', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.Column('result', sa.String(length=16), nullable=False),
    sa.Column('institution', sa.String(length=128), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.CheckConstraint("result = 'passed' OR valid_until IS NULL", name=op.f('ck_verifications_failed_never_holds')),
    sa.CheckConstraint('valid_until IS NULL OR valid_until >= verified_on', name=op.f('ck_verifications_holds_forward')),
    sa.ForeignKeyConstraint(['instrument_id'], ['instruments.id'], name=op.f('fk_verifications_instrument_id_instruments')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_verifications')),
    sa.UniqueConstraint('certificate_no', name=op.f('uq_verifications_certificate_no'))
    )
    op.create_index('ix_verifications_instrument_id_verified_on', 'verifications', ['instrument_id', 'verified_on', 'id'], unique=False)
    op.create_index('ix_verifications_valid_until', 'verifications', ['valid_until'], unique=False)


def downgrade() -> None:
    """Drop every table."""
    op.drop_index('ix_verifications_valid_until', table_name='verifications')
    op.drop_index('ix_verifications_instrument_id_verified_on', table_name='verifications')
    op.drop_table('verifications')
    op.drop_table('running_clocks')
    op.drop_index(op.f('ix_evidence_draft_id'), table_name='evidence')
    op.drop_index(op.f('ix_evidence_case_id'), table_name='evidence')
    op.drop_table('evidence')
    op.drop_index('ix_case_events_case_id_id', table_name='case_events')
    op.drop_table('case_events')
    op.drop_index(op.f('ix_merchant_contacts_openid'), table_name='merchant_contacts')
    op.drop_table('merchant_contacts')
    op.drop_index(op.f('ix_instruments_serial'), table_name='instruments')
    op.drop_table('instruments')
    op.drop_index('ix_cases_region_queue', table_name='cases')
    op.drop_index('ix_cases_queue', table_name='cases')
    op.drop_index(op.f('ix_cases_phone_index'), table_name='cases')
    op.drop_index('ix_cases_openid_id', table_name='cases')
    op.drop_index(op.f('ix_cases_merchant_id'), table_name='cases')
    op.drop_index('ix_cases_assignee_id_is_open_due_on', table_name='cases')
    op.drop_table('cases')
    op.drop_index(op.f('ix_outbox_messages_status_id'), table_name='outbox_messages')
    op.drop_index(op.f('ix_outbox_messages_reminder_id'), table_name='outbox_messages')
    op.drop_index(op.f('ix_outbox_messages_recipient'), table_name='outbox_messages')
    op.drop_index(op.f('ix_outbox_messages_rank_not_before_id'), table_name='outbox_messages', sqlite_where=sa.text("status IN ('pending', 'sending')"), postgresql_where=sa.text("status IN ('pending', 'sending')"))
    op.drop_index(op.f('ix_outbox_messages_provider_id'), table_name='outbox_messages')
    op.drop_table('outbox_messages')
    op.drop_table('offices')
    op.drop_index(op.f('ix_merchants_updated_at'), table_name='merchants')
    op.drop_index('ix_merchants_sign_key', table_name='merchants')
    op.drop_index('ix_merchants_region_code_id', table_name='merchants')
    op.drop_index('ix_merchants_name_key', table_name='merchants')
    op.drop_table('merchants')
    op.drop_index(op.f('ix_web_sessions_subject'), table_name='web_sessions')
    op.drop_index(op.f('ix_web_sessions_expires_at'), table_name='web_sessions')
    op.drop_table('web_sessions')
    op.drop_table('stored_files')
    op.drop_table('staff')
    op.drop_table('send_budgets')
    op.drop_index(op.f('ix_reminders_status_id'), table_name='reminders')
    op.drop_index(op.f('ix_reminders_planned_on_stage_status'), table_name='reminders')
    op.drop_table('reminders')
    op.drop_index(op.f('ix_regions_name'), table_name='regions')
    op.drop_table('regions')
    op.drop_table('platform_tokens')
    op.drop_index(op.f('ix_pending_media_openid'), table_name='pending_media')
    op.drop_index('ix_pending_media_due', table_name='pending_media')
    op.drop_table('pending_media')
    op.drop_table('job_runs')
    op.drop_index(op.f('ix_drafts_changed_at'), table_name='drafts')
    op.drop_table('drafts')
    op.drop_table('delivery_receipts')
    op.drop_table('conversations')
    op.drop_index(op.f('ix_consents_openid'), table_name='consents')
    op.drop_table('consents')
    op.drop_table('citizens')
    op.drop_table('calendar_days')
    op.drop_index(op.f('ix_audit_entries_subject'), table_name='audit_entries')
    op.drop_index(op.f('ix_audit_entries_actor_id'), table_name='audit_entries')
    op.drop_table('audit_entries')
    op.drop_index(op.f('ix_asked_questions_entry_id'), table_name='asked_questions')
    op.drop_index(op.f('ix_asked_questions_at'), table_name='asked_questions')
    op.drop_table('asked_questions')
    op.drop_index(op.f('ix_answered_messages_at'), table_name='answered_messages')
    op.drop_table('answered_messages')
