using Coordination.Dashboard.Staffing;
using Coordination.Domain.Accounts;
using Coordination.Domain.Contacts;
using Coordination.Domain.Rota;
using Coordination.Domain.Tasks;
using Coordination.Storage.Desk;
using Coordination.Storage.Incidents;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Team;

/// <summary>What every page shows of Comms' desk.</summary>
/// <param name="Shifts">Shifts that are not over.</param>
/// <param name="Tasks">Open tasks.</param>
/// <param name="Requests">Open requests about accounts.</param>
/// <param name="Messages">Incident messages that wait for a person.</param>
/// <param name="AsOf">When it was read; null before the first time.</param>
public sealed record DeskNow(IReadOnlyList<Shift> Shifts, IReadOnlyList<StaffTask> Tasks, int Requests, int Messages, DateTimeOffset? AsOf)
{
    /// <summary>Questions to people whether they are an account's contact.</summary>
    public IReadOnlyList<ContactAsk> Asks { get; init; } = [];

    /// <summary>Turns of the duty rota that go on or have just ended, with their hand-overs.</summary>
    public IReadOnlyList<DutyTurn> Turns { get; init; } = [];

    /// <summary>Accounts of which Comms has to name another contact.</summary>
    public int ContactsToSettle { get; init; }

    /// <summary>Nothing is read yet.</summary>
    public static DeskNow Nothing { get; } = new([], [], 0, 0, null);

    /// <summary>How old it may be and still be told without a word about its age.</summary>
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    /// <summary>Questions that wait for a person's own answer.</summary>
    public IEnumerable<ContactAsk> AsksTo(string staffId) => Asks.Where(a => string.Equals(a.StaffId, staffId, StringComparison.Ordinal));

    /// <summary>Open tasks of accounts that somebody looks after.</summary>
    /// <param name="mayTend">Whether they look after an account.</param>
    public int CountTasks(Func<AccountKey, bool> mayTend) => Tasks.Count(t => mayTend(t.Account));
}

/// <summary>Reads for all pages of this host at once, about every two seconds and right after a change that this host made.</summary>
public sealed partial class DeskWatch(
    IDeskRecords records, IIncidentInbox inbox, IContactReader contacts, IOptions<StaffOptions> options, TimeProvider time, ILogger<DeskWatch> logger) : BackgroundService
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(2);

    private readonly Doorbell _bell = new();
    private volatile DeskNow _now = DeskNow.Nothing;

    /// <summary>As it was read last.</summary>
    public DeskNow Now => _now;

    /// <summary>Reads again soon.</summary>
    public void Knock() => _bell.Knock();

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _bell.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                var now = time.GetUtcNow();
                var shifts = await records.ListAsync(DeskKinds.Shift, new DeskFilter(Open: true, EndsAfter: now - HandoverView.Shown), stoppingToken);
                var handovers = await records.ListAsync(DeskKinds.Handover, new DeskFilter(), stoppingToken);
                var tasks = await records.ListAsync(DeskKinds.Task, new DeskFilter(Open: true), stoppingToken);
                var requests = await records.ListAsync(DeskKinds.Request, new DeskFilter(Open: true), stoppingToken);
                var asks = await records.ListAsync(DeskKinds.Contact, new DeskFilter(Open: true), stoppingToken);
                _now = new DeskNow([.. shifts.Select(s => s.Body).Where(s => s.To > now)], [.. tasks.Select(t => t.Body)], requests.Count, await inbox.CountOpenAsync(stoppingToken), now)
                {
                    Turns = HandoverView.Of([.. shifts.Select(s => KeyValuePair.Create(s.Id, s.Body))], handovers.ToDictionary(h => h.Id, h => h.Body), now),
                    Asks = [.. asks.Select(a => a.Body)],
                    ContactsToSettle = await contacts.CountToSettleAsync(options.Value.ContactAnswer, stoppingToken),
                };
            }
            catch (Exception e) when (!stoppingToken.IsCancellationRequested)
            {
                LogFailed(e.Message);
            }

            await _bell.WaitAsync(Pace, stoppingToken);
        }
    }

    [LoggerMessage(LogLevel.Warning, "Tasks, the rota and incident messages could not be read; tried again. {Why}")]
    private partial void LogFailed(string why);
}
