using System.Collections.Immutable;
using Coordination.Contracts;
using Coordination.Dashboard.Desks;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.Holds;
using Coordination.Storage.ReadModel;

namespace Coordination.Pages.Tests;

public sealed class ScopeCheckTests
{
    private static readonly AccountSummary Binley = Some.Account("x/demo_wmfs_binley").Summary;
    private static readonly AccountSummary Aston = Some.Account("x/demo_wmfs_aston", "birmingham", "aston").Summary;

    public static TheoryData<Scope> OfAston => new()
    {
        new Scope { Accounts = ["x/demo_wmfs_aston"] },
        new Scope { Areas = ["birmingham"] },
        new Scope { Stations = ["aston"], Except = new Scope { Accounts = ["x/demo_wmfs_aston"] } },
    };

    [Theory]
    [MemberData(nameof(OfAston), DisableDiscoveryEnumeration = true)]
    public async Task Scope_OfAnAccountThatTheBoardDoesNotHave_Stands_WhenTheDatabaseHasIt(Scope scope)
    {
        Assert.Null(await Check(scope, new StubBoard(), new StubReader(Aston, Binley)));
        Assert.Null(await Check(scope, new StubBoard(Binley), new StubReader(Aston, Binley)));
    }

    [Theory]
    [MemberData(nameof(OfAston), DisableDiscoveryEnumeration = true)]
    public async Task Scope_OfWhatNobodyHas_IsRefused(Scope scope) =>
        Assert.Equal("label-unknown", (await Check(scope, new StubBoard(Binley), new StubReader(Binley)))?.Code);

    [Fact]
    public async Task UnknownAccount_IsNamed_WithTheNearestOnTheBoard() => Assert.Contains(
        "Did you mean x/demo_wmfs_binley?",
        (await Check(new Scope { Accounts = ["x/demo_wmfs_binly"] }, new StubBoard(Binley), new StubReader(Binley)))!.Reason,
        StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(OfAston), DisableDiscoveryEnumeration = true)]
    public async Task Database_IsNotAsked_ForWhatTheBoardHas(Scope scope) => Assert.Null(await Check(scope, new StubBoard(Aston), new StubReader()));

    [Theory]
    [MemberData(nameof(OfAston), DisableDiscoveryEnumeration = true)]
    public async Task Scope_IsNeverRefused_WhileTheDatabaseDoesNotAnswer(Scope scope) =>
        await Assert.ThrowsAsync<StoreUnavailableException>(() => Check(scope, new StubBoard(Binley), new StubReader()));

    private static Task<Refusal?> Check(Scope scope, IBoardImages board, IAccountReader reader) =>
        new ScopeCheck(board, reader).RunAsync(scope, ScopeDecider.ForHolds, null, CancellationToken.None);

    private sealed class StubBoard(params AccountSummary[] accounts) : IBoardImages
    {
        public BoardImage Image { get; } = BoardImage.Empty.Next(accounts, null).Image;

        public ImmutableDictionary<AccountKey, AccountRow> Accounts => Image.Accounts;

        public ImmutableArray<Hold> Holds => Image.Holds;

        public BoardCounts Counts => throw new NotSupportedException();

        public DateTimeOffset? AsOf => null;

#pragma warning disable CS0067, MA0046 // Nothing changes here; the event is the interface's.
        public event EventHandler<BoardChange>? Changed;
#pragma warning restore CS0067, MA0046

        public Task CaughtUpAsync() => Task.CompletedTask;
    }

    // A database with these accounts; one without any does not answer.
    private sealed class StubReader(params AccountSummary[] accounts) : IAccountReader
    {
        public Task<IReadOnlyList<AccountSummary>> ReadAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) =>
            Answer<IReadOnlyList<AccountSummary>>([.. accounts.Where(a => keys.Contains(a.Key.Value, StringComparer.Ordinal))]);

        public Task<KnownLabels> LabelsAsync(CancellationToken cancellationToken) => Answer(KnownLabels.Of(accounts.Select(a => a.Labels)));

        public Task<IReadOnlyList<AccountSummary>> AllAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<AccountSummary>> CoveredAsync(Scope scope, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyDictionary<string, long>> VersionsAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<int> CountCoveredAsync(Scope scope, CancellationToken cancellationToken) => throw new NotSupportedException();

        private Task<T> Answer<T>(T answer) => accounts.Length == 0 ? Task.FromException<T>(new StoreUnavailableException()) : Task.FromResult(answer);
    }
}
