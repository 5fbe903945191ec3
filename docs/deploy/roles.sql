-- PostgreSQL 的两个角色：portal_owner 拥有表，运行 migrate、restore；portal_app 运行网站，只能读写数据，
-- 不能改表、不能去掉触发器，也不能改、删固化的记录和审计轨迹——即使网站的程序或口令被人拿到。
--
-- 由数据库管理员（超级用户）运行，可以重复运行；每次 migrate（升级）和 restore（恢复）以后都要再运行一次：
--   psql -v ON_ERROR_STOP=1 -d portal -f docs/deploy/roles.sql
-- 第一次运行以后设口令：psql -d portal，然后 \password portal_owner 和 \password portal_app 。

BEGIN;

DO $$ BEGIN
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_owner') THEN CREATE ROLE portal_owner LOGIN; END IF;
  IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'portal_app') THEN CREATE ROLE portal_app LOGIN; END IF;
  EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
  EXECUTE format('GRANT CONNECT ON DATABASE %I TO portal_owner, portal_app', current_database());
  EXECUTE format('ALTER DATABASE %I OWNER TO portal_owner', current_database());
END $$;

ALTER SCHEMA public OWNER TO portal_owner;
REVOKE ALL ON SCHEMA public FROM PUBLIC, portal_app;
GRANT USAGE ON SCHEMA public TO portal_app;

-- 表和函数都归 portal_owner。
DO $$ DECLARE one record; BEGIN
  FOR one IN SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' LOOP
    EXECUTE format('ALTER TABLE public.%I OWNER TO portal_owner', one.name);
  END LOOP;
  FOR one IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE pronamespace = 'public'::regnamespace
    AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
    EXECUTE format('ALTER ROUTINE %s OWNER TO portal_owner', one.name);
  END LOOP;
END $$;

-- portal_app：读写数据。
REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, portal_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO portal_app;
REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, portal_app;
GRANT SELECT, USAGE ON ALL SEQUENCES IN SCHEMA public TO portal_app;

DO $$ DECLARE name text; BEGIN
  -- 固化的记录：只能新增和读，不能改、不能删。
  FOREACH name IN ARRAY ARRAY[
    'budgets_audittrail',
    'disclosure_archiveddisclosure',
    'disclosure_archivedwithdrawal',
    'disclosure_attachment',
    'disclosure_attachmentvoid',
    'disclosure_edition',
    'disclosure_editionmanifest',
    'disclosure_editionsignoff',
    'disclosure_importrecord',
    'disclosure_ledgerentry',
    'disclosure_transition',
    'disclosure_withdrawal',
    'disclosure_withdrawnfile'
  ] LOOP
    IF to_regclass(name) IS NOT NULL THEN EXECUTE format('REVOKE UPDATE, DELETE ON %I FROM portal_app', name); END IF;
  END LOOP;
  -- 撤下时随之删除的：不能改；删除由触发器把关，没有撤下记录的删不掉。
  FOREACH name IN ARRAY ARRAY[
    'disclosure_editioncontent',
    'disclosure_editionevidence',
    'disclosure_editionfile',
    'disclosure_editionline',
    'disclosure_editiontext'
  ] LOOP
    IF to_regclass(name) IS NOT NULL THEN EXECUTE format('REVOKE UPDATE ON %I FROM portal_app', name); END IF;
  END LOOP;
  -- 末端只往前走；结构由 portal_owner 管。
  FOREACH name IN ARRAY ARRAY['budgets_trailhead', 'disclosure_ledgerhead'] LOOP
    IF to_regclass(name) IS NOT NULL THEN EXECUTE format('REVOKE DELETE ON %I FROM portal_app', name); END IF;
  END LOOP;
  FOREACH name IN ARRAY ARRAY['django_migrations', 'django_content_type', 'auth_permission'] LOOP
    IF to_regclass(name) IS NOT NULL THEN
      EXECUTE format('REVOKE INSERT, UPDATE, DELETE ON %I FROM portal_app', name);
    END IF;
  END LOOP;
END $$;

COMMIT;
