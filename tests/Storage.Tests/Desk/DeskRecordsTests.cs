using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Rota;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;
using Coordination.Storage.Tests.Fence;
using Coordination.Storage.Verification;
using Coordination.Testing;
using Xunit;

namespace Coordination.Storage.Tests.Desk;

/// <summary>Tasks and shifts in the database, each change with its entry.</summary>
public sealed class DeskRecordsTests(FastPostgresFixture server)
{
    private static readonly Guid Id = new("0198a0a0-0000-7000-8000-000000000001");
    private static readonly DateTimeOffset At = new(2026, 5, 1, 9, 0, 0, TimeSpan.Zero);

    private static readonly StaffTask Task = new()
    {
        Kind = TaskKind.Profile, Account = AccountKey.Parse("x/aston"), What = "New picture", AskedBy = "jo-comms", AskedByName = "Jo Comms", AskedAt = At, Open = true,
    };

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Save_KeepsEverything_AndItsEntry()
    {
        await using var ground = await Ground.MakeAsync(server);
        var (records, operation) = (new DeskRecords(ground.Database), Guid.NewGuid());
        Assert.True(await records.SaveAsync(DeskKinds.Task, Id, 0, new Change<StaffTask>(TaskDecider.Opened, Task), Staff.Comms, operation, None));

        var kept = (await records.FindAsync(DeskKinds.Task, Id, None))!;
        Assert.Equal((Task, 1L), (kept.Body, kept.Version));
        Assert.Equal(kept.SavedAt.UtcDateTime, await ground.ScalarAsync<DateTime>($"select at from journal where stream = 'task/{Id}' and number = 1 and event = 'task-opened' and operation_id = '{operation}'"));

        var done = Task with { Open = false, DoneBy = "kim", DoneByName = "Kim", DoneAt = At, Note = "Done" };
        Assert.True(await records.SaveAsync(DeskKinds.Task, Id, 1, new Change<StaffTask>(TaskDecider.Done, done, "Done"), Staff.Comms, null, None));
        Assert.Equal(done, (await records.FindAsync(DeskKinds.Task, Id, None))!.Body);
        Assert.Null(await records.FindAsync(DeskKinds.Task, Guid.NewGuid(), None));
        Assert.Null(await records.FindAsync(DeskKinds.Shift, Id, None));
    }

    [Fact]
    public async Task Save_LetsOneThrough_OfManyWhoReadTheSame()
    {
        await using var ground = await Ground.MakeAsync(server);
        var records = new DeskRecords(ground.Database);
        foreach (var version in new[] { 0L, 1L })
        {
            var took = await System.Threading.Tasks.Task.WhenAll(Enumerable.Range(0, 8).Select(i =>
                records.SaveAsync(DeskKinds.Task, Id, version, new Change<StaffTask>(TaskDecider.Opened, Task with { What = $"Way {i}" }), Staff.Comms, null, None)));
            Assert.Single(took, t => t);
        }

        Assert.Equal(2, await ground.ScalarAsync<long>("select count(*) from journal where stream like 'task/%'"));
    }

    [Fact]
    public async Task List_FindsOpenOnes_OfAnAccount_AndShiftsThatAreNotOver()
    {
        await using var ground = await Ground.MakeAsync(server);
        var records = new DeskRecords(ground.Database);
        await OpenAsync(Task);
        await OpenAsync(Task with { Open = false });
        await OpenAsync(Task with { Account = AccountKey.Parse("x/bilston") });
        Assert.Equal(3, (await records.ListAsync(DeskKinds.Task, new DeskFilter(), None)).Count);
        Assert.Equal(2, (await records.ListAsync(DeskKinds.Task, new DeskFilter(Open: true), None)).Count);
        Assert.Single(await records.ListAsync(DeskKinds.Task, new DeskFilter(Open: true, Account: "x/aston"), None));
        Assert.Single(await records.ListAsync(DeskKinds.Task, new DeskFilter(Most: 1), None));

        var shift = new Shift { Role = DutyRole.DutyOfficer, Name = "Sam", Phone = "0121 496 0000", From = At, To = At.AddHours(15) };
        await records.SaveAsync(DeskKinds.Shift, Guid.NewGuid(), 0, new Change<Shift>(RotaDecider.Set, shift), Staff.Comms, null, None);
        Assert.Single(await records.ListAsync(DeskKinds.Shift, new DeskFilter(Open: true, EndsAfter: shift.To.AddMinutes(-1)), None));
        Assert.Empty(await records.ListAsync(DeskKinds.Shift, new DeskFilter(Open: true, EndsAfter: shift.To), None));

        System.Threading.Tasks.Task OpenAsync(StaffTask task) => records.SaveAsync(DeskKinds.Task, Guid.NewGuid(), 0, new Change<StaffTask>(TaskDecider.Opened, task), Staff.Comms, null, None);
    }

    [Theory]
    [InlineData("select 1", null)]
    [InlineData("update desk_record set body = jsonb_set(body, '{open}', 'false')", "is not what was recorded last")]
    [InlineData("update desk_record set version = 1", "is not what was recorded last")]
    [InlineData("update desk_record set saved_at = now()", "is not what was recorded last")]
    [InlineData("delete from desk_record", "is not shown")]
    [InlineData("insert into desk_record select 'shift', id, body, 1, now() from desk_record", "the journal does not have it")]
    [InlineData("select journal_append('task/x', 'shift-set', 'a', 'A', 'system', null, null, null, '{}')", "does not belong here")]
    public async Task Verify_ComparesThemWithTheirJournal(string tampering, string? says)
    {
        await using var ground = await Ground.MakeAsync(server);
        var records = new DeskRecords(ground.Database);
        await records.SaveAsync(DeskKinds.Task, Id, 0, new Change<StaffTask>(TaskDecider.Opened, Task), Staff.Comms, null, None);
        await records.SaveAsync(DeskKinds.Task, Id, 1, new Change<StaffTask>(TaskDecider.Opened, Task with { What = "Another" }), Staff.Comms, null, None);
        await ground.ExecuteAsync(tampering);

        var report = await new Verifier(ground.ConnectionString, TimeProvider.System).RunAsync(null, None);
        var check = Assert.Single(report.Checks, c => c.Kind == CheckKind.Desk);
        Assert.Equal(says is null, report.Agrees);
        Assert.True(says is null ? check is { Looked: 1, Found: 0 } : check.Differences.Any(d => d.ToString().Contains(says, StringComparison.Ordinal)), string.Join('\n', check.Differences));
    }
}
