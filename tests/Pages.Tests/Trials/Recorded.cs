using System.Collections.Immutable;
using System.Text;
using Coordination.Dashboard.Incidents.Trials;
using Coordination.Dashboard.Live;
using Coordination.Domain.Accounts;
using Coordination.Domain.Brigade;
using Coordination.Domain.Holds;
using Coordination.Domain.Incidents;
using Coordination.Domain.Incidents.Rules;
using Coordination.Domain.People;
using Coordination.Storage.Incidents;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Register;
using Coordination.Testing;

namespace Coordination.Pages.Tests.Trials;

/// <summary>Small recordings, and the services that try rules on them, with stores in memory.</summary>
internal static class Recorded
{
    public const string Header = "incident_number,date_of_call,hour_of_call,incident_group,property_category,property_type,ward_name,borough_name,incident_station_ground,num_pumps_attending";

    public static readonly IReadOnlyDictionary<string, string> Nothing = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>The brigade's map as it is shipped.</summary>
    public static BrigadeMap Map { get; } = Assert.IsType<RegisterReading<BrigadeMap>.Accepted>(BrigadeMapFile.Read(Demo("stations.csv"), Demo("departments.csv"))).Content;

    /// <summary>A rule that proposes for so many pumps.</summary>
    public static IncidentRule Rule(int pumps, int priority = 1, RuleMode mode = RuleMode.Propose) => new()
    {
        Id = FormattableString.Invariant($"rule-{priority}"), Name = "many pumps", When = new PumpsAtLeast(pumps), Priority = priority, Owner = "Comms", Reason = "To try it.", ReviewBy = new DateOnly(2027, 1, 31),
        Then = new RuleEffect { Kind = HoldKind.CentralCoordination, Scope = new ScopeTemplate(RuleReach.IncidentArea), Mode = mode, VetoSeconds = 60 },
    };

    public static string Row(string number, string date = "2017-02-23", string hour = "18", string pumps = "2", string borough = "Barnet", string group = "Fire") =>
        $"{number},{date},{hour},{group},Dwelling,\"House, single\",WARD,{borough},Finchley,{pumps}";

    public static byte[] Csv(params IEnumerable<string> rows) => Encoding.UTF8.GetBytes(string.Join('\n', rows.Prepend(Header)));

    public static RecordedReading Read(params IEnumerable<string> rows) => RecordedCsv.Read(Csv(rows), Nothing);

    public static RecordedReading.Accepted Accepted(params IEnumerable<string> rows) => Assert.IsType<RecordedReading.Accepted>(Read(rows));

    private static byte[] Demo(string file) => File.ReadAllBytes(Repository.In("dashboard", "Coordination.Dashboard", "Demo", file));

    /// <summary>A board with these accounts.</summary>
    public sealed class Board(params AccountSummary[] accounts) : IBoard
    {
        private readonly BoardImage _image = BoardImage.Empty.Next(accounts, null).Image;

#pragma warning disable CS0067, MA0046 // Nothing changes here; the event is the interface's.
        public event EventHandler<BoardChange>? Changed;
#pragma warning restore CS0067, MA0046

        public ImmutableDictionary<AccountKey, AccountRow> Accounts => _image.Accounts;

        public ImmutableArray<Hold> Holds => _image.Holds;

        public BoardCounts Counts => throw new NotSupportedException();

        public DateTimeOffset? AsOf => null;
    }

    /// <summary>The shipped rules in force, an older version 2 beside them, and perhaps a draft.</summary>
    public sealed class RuleStore : IRuleBookStore
    {
        public IReadOnlyList<IncidentRule>? Draft { get; set; }

        public Exception? Fails { get; set; }

        public Task<int> VersionAsync(CancellationToken cancellationToken) => Fails is { } e ? Task.FromException<int>(e) : Task.FromResult(1);

        public Task<RuleBook?> FindAsync(int version, CancellationToken cancellationToken) =>
            Task.FromResult(version switch { 1 => RuleBook.Default, 2 => new RuleBook(2, [Rule(3)]), _ => null });

        public Task<IReadOnlyList<RuleBookVersion>> VersionsAsync(CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlyList<RuleBookVersion>>([new RuleBookVersion(2, Some.Now, "A", "r", "B", null), new RuleBookVersion(1, null, null, null, null, null)]);

        public Task<RuleDraft?> DraftAsync(CancellationToken cancellationToken) =>
            Task.FromResult(Draft is null ? null : new RuleDraft(7, 1, Draft, Some.Now, "A", null, null));

        public Task<DraftOutcome> SaveAsync(IReadOnlyList<IncidentRule> rules, int revision, Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DraftOutcome> StepAsync(DraftStep step, int revision, string? note, Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();
    }

    /// <summary>Incidents on file, the one that changed last first, in small pages.</summary>
    public sealed class Files(params IncidentRow[] rows) : IIncidentFiles
    {
        private const int PageSize = 2;

        public Task<Page<IncidentRow>> ListAsync(bool exercise, int limit, string? cursor, CancellationToken cancellationToken)
        {
            Assert.False(exercise);
            var from = cursor is null ? 0 : int.Parse(cursor, System.Globalization.CultureInfo.InvariantCulture);
            var next = from + PageSize < rows.Length ? FormattableString.Invariant($"{from + PageSize}") : null;
            return Task.FromResult(new Page<IncidentRow>([.. rows.Skip(from).Take(PageSize)], next));
        }

        public Task<bool> FileAsync(string source, IncidentReport report, string digest, Guid messageId, Actor actor, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Incident?> FindAsync(string number, bool exercise, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<string>> GroupAsync(string number, bool exercise, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<LeftReport>> LeftAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<DeliveryKind> NoteDeliveryAsync(string source, string deliveryId, Guid messageId, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
