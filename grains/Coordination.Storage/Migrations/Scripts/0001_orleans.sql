-- What Orleans' AdoNet providers ask of a database, in our own tables and queries.
-- The contract: parameter names, result columns, and "no new version means conflict".

create table orleansquery (
    querykey  text primary key,
    querytext text not null
);

-- Grain state. The key is (service, state name, grain key); the grain's class is no part of it.
-- A cleared state keeps its row and its version (fence rule 12).
create table grain_state (
    service_id text    not null,
    state_name text    not null,
    grain_key  text    not null,
    version    integer not null,
    payload    bytea,
    primary key (service_id, state_name, grain_key)
);

-- Exactly one row comes back; its version is null on a conflict. A first write (no version) loses against any row
-- that is there; a later write needs the row and its version.
insert into orleansquery values ('WriteToStorageKey', $q$
with written as (
    insert into grain_state as s (service_id, state_name, grain_key, version, payload)
    select @ServiceId, @GrainTypeString, @GrainIdExtensionString, coalesce(@GrainStateVersion::integer, 0) + 1, @PayloadBinary
    where @GrainStateVersion::integer is null
       or exists (select from grain_state
                  where service_id = @ServiceId and state_name = @GrainTypeString and grain_key = @GrainIdExtensionString)
    on conflict (service_id, state_name, grain_key)
    do update set version = s.version + 1, payload = excluded.payload
        where s.version = @GrainStateVersion::integer
    returning version)
select (select version from written) as NewGrainStateVersion
$q$);

insert into orleansquery values ('ReadFromStorageKey', $q$
select payload as PayloadBinary, version as Version
from grain_state
where service_id = @ServiceId and state_name = @GrainTypeString and grain_key = @GrainIdExtensionString
$q$);

insert into orleansquery values ('ClearStorageKey', $q$
with cleared as (
    update grain_state set payload = null, version = version + 1
    where service_id = @ServiceId and state_name = @GrainTypeString and grain_key = @GrainIdExtensionString
      and version = @GrainStateVersion::integer
    returning version)
select (select version from cleared) as NewGrainStateVersion
$q$);

-- Membership: one version row for each cluster, bumped by every change; a change with an old version does nothing.
create table silo_cluster (
    deployment_id text primary key,
    version       integer     not null default 0,
    changed_at    timestamptz not null default now()
);

create table silo_member (
    deployment_id text        not null,
    address       text        not null,
    port          integer     not null,
    generation    integer     not null,
    silo_name     text        not null,
    host_name     text        not null,
    status        integer     not null,
    proxy_port    integer,
    suspect_times text,
    start_time    timestamptz not null,
    alive_time    timestamptz not null,
    primary key (deployment_id, address, port, generation)
);

insert into orleansquery values ('InsertMembershipVersionKey', $q$
with made as (
    insert into silo_cluster (deployment_id) values (@DeploymentId) on conflict do nothing returning 1)
select exists (select from made)
$q$);

insert into orleansquery values ('InsertMembershipKey', $q$
with bumped as (
    update silo_cluster set version = version + 1, changed_at = now()
    where deployment_id = @DeploymentId and version = @Version
      and not exists (select from silo_member
                      where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning deployment_id),
made as (
    insert into silo_member (deployment_id, address, port, generation, silo_name, host_name, status, proxy_port, start_time, alive_time)
    select deployment_id, @Address, @Port, @Generation, @SiloName, @HostName, @Status, @ProxyPort, @StartTime, @IAmAliveTime
    from bumped
    returning 1)
select exists (select from made)
$q$);

insert into orleansquery values ('UpdateMembershipKey', $q$
with bumped as (
    update silo_cluster set version = version + 1, changed_at = now()
    where deployment_id = @DeploymentId and version = @Version
      and exists (select from silo_member
                  where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation)
    returning deployment_id),
changed as (
    update silo_member m set status = @Status, suspect_times = @SuspectTimes, alive_time = @IAmAliveTime
    from bumped b
    where m.deployment_id = b.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
    returning 1)
select exists (select from changed)
$q$);

insert into orleansquery values ('UpdateIAmAlivetimeKey', $q$
update silo_member set alive_time = @IAmAliveTime
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation
$q$);

insert into orleansquery values ('MembershipReadRowKey', $q$
select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName, m.host_name as HostName,
       m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes, m.start_time as StartTime,
       m.alive_time as IAmAliveTime, c.version as Version
from silo_cluster c
left join silo_member m
  on m.deployment_id = c.deployment_id and m.address = @Address and m.port = @Port and m.generation = @Generation
where c.deployment_id = @DeploymentId
$q$);

insert into orleansquery values ('MembershipReadAllKey', $q$
select m.address as Address, m.port as Port, m.generation as Generation, m.silo_name as SiloName, m.host_name as HostName,
       m.status as Status, m.proxy_port as ProxyPort, m.suspect_times as SuspectTimes, m.start_time as StartTime,
       m.alive_time as IAmAliveTime, c.version as Version
from silo_cluster c
left join silo_member m on m.deployment_id = c.deployment_id
where c.deployment_id = @DeploymentId
$q$);

insert into orleansquery values ('DeleteMembershipTableEntriesKey', $q$
with members as (delete from silo_member where deployment_id = @DeploymentId)
delete from silo_cluster where deployment_id = @DeploymentId
$q$);

insert into orleansquery values ('GatewaysQueryKey', $q$
select address as Address, proxy_port as ProxyPort, generation as Generation
from silo_member
where deployment_id = @DeploymentId and status = @Status and proxy_port > 0
$q$);

-- Only dead silos (status 6) are forgotten.
insert into orleansquery values ('CleanupDefunctSiloEntriesKey', $q$
delete from silo_member where deployment_id = @DeploymentId and status = 6 and alive_time < @IAmAliveTime
$q$);

insert into orleansquery values ('CleanupDefunctSiloEntryKey', $q$
delete from silo_member
where deployment_id = @DeploymentId and address = @Address and port = @Port and generation = @Generation and status = 6
  and start_time = @StartTime and alive_time = @IAmAliveTime and suspect_times is not distinct from @SuspectTimes
$q$);
