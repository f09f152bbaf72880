"""Knowledge: versions, publications, regression questions, groups of questions, votes and notices."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from core.database import Moment

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables of knowledge; questions get a key to be counted by and a group."""
    op.create_table('knowledge_items',
    sa.Column('id', sa.String(length=64), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('shipped_digest', sa.String(length=64), nullable=False),
    sa.Column('created_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_items'))
    )
    op.create_table('knowledge_publications',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('restores', sa.Integer(), nullable=False),
    sa.Column('origin', sa.String(length=16), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('actor_name', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('report', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('published_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('number', name=op.f('pk_knowledge_publications'))
    )
    op.create_table('knowledge_rehearsals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('base', sa.Integer(), nullable=False),
    sa.Column('restores', sa.Integer(), nullable=False),
    sa.Column('versions', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('fingerprint', sa.String(length=64), nullable=False),
    sa.Column('report', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('passed', sa.Boolean(), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('actor_name', sa.String(length=64), nullable=False),
    sa.Column('made_at', Moment(), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_rehearsals'))
    )
    op.create_table('regression_questions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('entry_id', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('added_by', sa.String(length=64), nullable=False),
    sa.Column('added_at', Moment(), nullable=False),
    sa.Column('retired_by', sa.String(length=64), nullable=False),
    sa.Column('retired_at', Moment(), nullable=True),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regression_questions')),
    sa.UniqueConstraint('key', name=op.f('uq_regression_questions_key'))
    )
    op.create_table('knowledge_versions',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('number', sa.Integer(), nullable=False),
    sa.Column('body', sa.JSON().with_variant(JSONB(), 'postgresql'), nullable=False),
    sa.Column('digest', sa.String(length=64), nullable=False),
    sa.Column('removes', sa.Boolean(), nullable=False),
    sa.Column('origin', sa.String(length=16), nullable=False),
    sa.Column('based_on', sa.Integer(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('author_kind', sa.String(length=16), nullable=False),
    sa.Column('author_id', sa.String(length=64), nullable=False),
    sa.Column('author_name', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.Column('made_at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_items.id'], name=op.f('fk_knowledge_versions_item_id_knowledge_items')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_versions')),
    sa.UniqueConstraint('item_id', 'number', name=op.f('uq_knowledge_versions_item_id_number'))
    )
    op.create_index('ix_knowledge_versions_state', 'knowledge_versions', ['state', 'id'], unique=False)
    op.create_index('uq_knowledge_versions_open', 'knowledge_versions', ['item_id'], unique=True, sqlite_where=sa.text("state IN ('draft', 'in_review', 'returned', 'approved') AND origin <> 'shipped'"), postgresql_where=sa.text("state IN ('draft', 'in_review', 'returned', 'approved') AND origin <> 'shipped'"))
    op.create_index('uq_knowledge_versions_published', 'knowledge_versions', ['item_id'], unique=True, sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.create_table('knowledge_notices',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('kind', sa.String(length=16), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('law_id', sa.String(length=64), nullable=False),
    sa.Column('articles', sa.Text(), nullable=False),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('successor', sa.String(length=64), nullable=False),
    sa.Column('raised_at', Moment(), nullable=False),
    sa.Column('settled_at', Moment(), nullable=True),
    sa.Column('settled_by', sa.String(length=64), nullable=False),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_items.id'], name=op.f('fk_knowledge_notices_item_id_knowledge_items')),
    sa.ForeignKeyConstraint(['version_id'], ['knowledge_versions.id'], name=op.f('fk_knowledge_notices_version_id_knowledge_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_notices')),
    sa.UniqueConstraint('version_id', 'law_id', 'kind', name=op.f('uq_knowledge_notices_version_id_law_id_kind'))
    )
    op.create_index(op.f('ix_knowledge_notices_item_id'), 'knowledge_notices', ['item_id'], unique=False)
    op.create_table('knowledge_publication_items',
    sa.Column('number', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('position', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_items.id'], name=op.f('fk_knowledge_publication_items_item_id_knowledge_items')),
    sa.ForeignKeyConstraint(['number'], ['knowledge_publications.number'], name=op.f('fk_knowledge_publication_items_number_knowledge_publications')),
    sa.ForeignKeyConstraint(['version_id'], ['knowledge_versions.id'], name=op.f('fk_knowledge_publication_items_version_id_knowledge_versions')),
    sa.PrimaryKeyConstraint('number', 'item_id', name=op.f('pk_knowledge_publication_items'))
    )
    op.create_index(op.f('ix_knowledge_publication_items_version_id'), 'knowledge_publication_items', ['version_id'], unique=False)
    op.create_table('knowledge_steps',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', Moment(), nullable=False),
    sa.Column('step', sa.String(length=16), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('actor_kind', sa.String(length=16), nullable=False),
    sa.Column('actor_id', sa.String(length=64), nullable=False),
    sa.Column('actor_name', sa.String(length=64), nullable=False),
    sa.Column('note', sa.Text(), nullable=False),
    sa.ForeignKeyConstraint(['version_id'], ['knowledge_versions.id'], name=op.f('fk_knowledge_steps_version_id_knowledge_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_steps'))
    )
    op.create_index('ix_knowledge_steps_version_id_id', 'knowledge_steps', ['version_id', 'id'], unique=False)
    op.create_table('question_groups',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('key', sa.String(length=120), nullable=False),
    sa.Column('text', sa.Text(), nullable=False),
    sa.Column('state', sa.String(length=16), nullable=False),
    sa.Column('count', sa.Integer(), nullable=False),
    sa.Column('rejected', sa.Integer(), nullable=False),
    sa.Column('unsettled', sa.Integer(), nullable=False),
    sa.Column('unsure', sa.Integer(), nullable=False),
    sa.Column('useless', sa.Integer(), nullable=False),
    sa.Column('nearest_id', sa.String(length=64), nullable=True),
    sa.Column('nearest_score', sa.Integer(), nullable=False),
    sa.Column('first_at', Moment(), nullable=False),
    sa.Column('last_at', Moment(), nullable=False),
    sa.Column('answer_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('reason', sa.Text(), nullable=False),
    sa.Column('settled_by', sa.String(length=64), nullable=False),
    sa.Column('settled_at', Moment(), nullable=True),
    sa.ForeignKeyConstraint(['answer_id'], ['knowledge_versions.id'], name=op.f('fk_question_groups_answer_id_knowledge_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_question_groups')),
    sa.UniqueConstraint('key', name=op.f('uq_question_groups_key'))
    )
    op.create_index(op.f('ix_question_groups_answer_id'), 'question_groups', ['answer_id'], unique=False)
    op.create_index('ix_question_groups_state_count', 'question_groups', ['state', 'count', 'id'], unique=False)
    op.create_table('knowledge_votes',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('voter', sa.String(length=32), nullable=False),
    sa.Column('day', sa.Date(), nullable=False),
    sa.Column('item_id', sa.String(length=64), nullable=False),
    sa.Column('version_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('useful', sa.Boolean(), nullable=False),
    sa.Column('reason', sa.String(length=16), nullable=False),
    sa.Column('words', sa.Text(), nullable=False),
    sa.Column('question', sa.Text(), nullable=False),
    sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True),
    sa.Column('at', Moment(), nullable=False),
    sa.ForeignKeyConstraint(['group_id'], ['question_groups.id'], name=op.f('fk_knowledge_votes_group_id_question_groups')),
    sa.ForeignKeyConstraint(['item_id'], ['knowledge_items.id'], name=op.f('fk_knowledge_votes_item_id_knowledge_items')),
    sa.ForeignKeyConstraint(['version_id'], ['knowledge_versions.id'], name=op.f('fk_knowledge_votes_version_id_knowledge_versions')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_knowledge_votes')),
    sa.UniqueConstraint('voter', 'item_id', 'day', name=op.f('uq_knowledge_votes_voter_item_id_day'))
    )
    op.create_index('ix_knowledge_votes_day', 'knowledge_votes', ['day'], unique=False)
    op.create_index(op.f('ix_knowledge_votes_group_id'), 'knowledge_votes', ['group_id'], unique=False)
    op.create_index('ix_knowledge_votes_item_id_version_id', 'knowledge_votes', ['item_id', 'version_id'], unique=False)
    with op.batch_alter_table('asked_questions') as batch:
        batch.add_column(sa.Column('key', sa.String(length=120), nullable=False, server_default=''))
        batch.add_column(sa.Column('chosen_for', sa.String(length=120), nullable=False, server_default=''))
        batch.add_column(sa.Column('group_id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=True))
        batch.create_foreign_key(op.f('fk_asked_questions_group_id_question_groups'), 'question_groups', ['group_id'], ['id'])
    op.execute("UPDATE asked_questions SET key = substr(text, 1, 120)")
    op.create_index('ix_asked_questions_group_id_id', 'asked_questions', ['group_id', 'id'], unique=False)
    op.create_index('ix_asked_questions_key_at', 'asked_questions', ['key', 'at'], unique=False)


def downgrade() -> None:
    """Drop them again."""
    op.drop_index('ix_asked_questions_key_at', table_name='asked_questions')
    op.drop_index('ix_asked_questions_group_id_id', table_name='asked_questions')
    with op.batch_alter_table('asked_questions') as batch:
        batch.drop_constraint(op.f('fk_asked_questions_group_id_question_groups'), type_='foreignkey')
        batch.drop_column('group_id')
        batch.drop_column('chosen_for')
        batch.drop_column('key')
    op.drop_index('ix_knowledge_votes_item_id_version_id', table_name='knowledge_votes')
    op.drop_index(op.f('ix_knowledge_votes_group_id'), table_name='knowledge_votes')
    op.drop_index('ix_knowledge_votes_day', table_name='knowledge_votes')
    op.drop_table('knowledge_votes')
    op.drop_index('ix_question_groups_state_count', table_name='question_groups')
    op.drop_index(op.f('ix_question_groups_answer_id'), table_name='question_groups')
    op.drop_table('question_groups')
    op.drop_index('ix_knowledge_steps_version_id_id', table_name='knowledge_steps')
    op.drop_table('knowledge_steps')
    op.drop_index(op.f('ix_knowledge_publication_items_version_id'), table_name='knowledge_publication_items')
    op.drop_table('knowledge_publication_items')
    op.drop_index(op.f('ix_knowledge_notices_item_id'), table_name='knowledge_notices')
    op.drop_table('knowledge_notices')
    op.drop_index('uq_knowledge_versions_published', table_name='knowledge_versions', sqlite_where=sa.text("state = 'published'"), postgresql_where=sa.text("state = 'published'"))
    op.drop_index('uq_knowledge_versions_open', table_name='knowledge_versions', sqlite_where=sa.text("state IN ('draft', 'in_review', 'returned', 'approved') AND origin <> 'shipped'"), postgresql_where=sa.text("state IN ('draft', 'in_review', 'returned', 'approved') AND origin <> 'shipped'"))
    op.drop_index('ix_knowledge_versions_state', table_name='knowledge_versions')
    op.drop_table('knowledge_versions')
    op.drop_table('regression_questions')
    op.drop_table('knowledge_rehearsals')
    op.drop_table('knowledge_publications')
    op.drop_table('knowledge_items')
