using Coordination.Contracts;
using Coordination.Dashboard.Components.Register;
using Coordination.Dashboard.Register;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;
using Coordination.Storage.Register;

namespace Coordination.Pages.Tests;

public sealed class ImportModelTests
{
    private readonly StubRegisterDesk _desk = new();
    private readonly ImportModel _model;

    public ImportModelTests() => _model = new ImportModel(_desk);

    [Theory]
    [InlineData(0, 0, null)]
    [InlineData(1, 0, "Register 1 account")]
    [InlineData(12, 1, "Register 12 accounts, change 1")]
    [InlineData(0, 1, "Change 1 account")]
    [InlineData(1200, 0, "Register 1,200 accounts")]
    public async Task Button_SaysWhatItWillDo_AfterTheCheck(int register, int change, string? words)
    {
        _desk.Check = Answer([.. Rows(RowResult.Registered, register), .. Rows(RowResult.Changed, change), .. Rows(RowResult.Unchanged, 3)]);
        await _model.TakeAsync("register.csv", [1], Some.Manager, CancellationToken.None);

        Assert.Equal(words, _model.Deed);
        Assert.Equal(register + change, _model.Rows.Count);
        Assert.Empty(_desk.Operations);
    }

    [Fact]
    public async Task Faults_AreShown_AndNothingCanBeImported()
    {
        _desk.Check = new RegisterAnswer.Invalid([new RegisterFault(4, "station", "station 'atlantis' is not known")], 2);
        await _model.TakeAsync("register.csv", [1], Some.Manager, CancellationToken.None);

        Assert.Equal((1, 2, null), (_model.Faults.Count, _model.MoreFaults, _model.Deed));
    }

    [Fact]
    public async Task Import_IsAskedAgainUnderTheSameId_UntilEveryRowIsKnown()
    {
        _desk.Check = Answer(Rows(RowResult.Registered, 2));
        await _model.TakeAsync("register.csv", [1], Some.Manager, CancellationToken.None);
        await _model.ImportAsync(Some.Manager, CancellationToken.None);
        Assert.Contains("does not answer", _model.Problem, StringComparison.Ordinal);
        Assert.Equal("Register 2 accounts", _model.Deed);

        _desk.Import = Answer([.. Rows(RowResult.Registered, 1), new RowAnswer(AccountKey.Parse("x/open"), RowResult.Refused, [], new Refusal("not-known-yet", "Not known."))]);
        await _model.ImportAsync(Some.Manager, CancellationToken.None);
        Assert.Equal(("Ask again about 1 row", null), (_model.Deed, _model.Problem));

        _desk.Import = Answer(Rows(RowResult.Registered, 2));
        await _model.ImportAsync(Some.Manager, CancellationToken.None);
        Assert.Null(_model.Deed);
        Assert.Equal(2, _model.Result!.Count(RowResult.Registered));
        Assert.Single(_desk.Operations.Distinct());

        await _model.TakeAsync("another.csv", [2], Some.Manager, CancellationToken.None);
        await _model.ImportAsync(Some.Manager, CancellationToken.None);
        Assert.Equal(2, _desk.Operations.Distinct().Count());
    }

    [Fact]
    public async Task Refused_RowsComeFirst()
    {
        _desk.Check = Answer([.. Rows(RowResult.Changed, 2), new RowAnswer(AccountKey.Parse("x/held"), RowResult.Refused, [], new Refusal("relabel-leaves-hold", "Held."))]);
        await _model.TakeAsync("register.csv", [1], Some.Manager, CancellationToken.None);

        Assert.Equal("x/held", _model.Rows[0].Account.Value);
    }

    private static RegisterAnswer.Answered Answer(IReadOnlyList<RowAnswer> rows) => new(rows);

    private static RowAnswer[] Rows(RowResult result, int count) =>
        [.. Enumerable.Range(0, count).Select(i => new RowAnswer(AccountKey.Parse($"x/{result}_{i}"), result, result == RowResult.Changed ? ["contact"] : [], null))];

    private sealed class StubRegisterDesk : IRegisterDesk
    {
        public List<Guid> Operations { get; } = [];

        public RegisterAnswer? Check { get; set; }

        public RegisterAnswer? Import { get; set; }

        public Task<RegisterAnswer> CheckAsync(ReadOnlyMemory<byte> file, Actor actor, CancellationToken cancellationToken) => Told(Check);

        public Task<RegisterAnswer> ImportAsync(ReadOnlyMemory<byte> file, Actor actor, Guid operationId, CancellationToken cancellationToken)
        {
            Operations.Add(operationId);
            return Told(Import);
        }

        private static Task<RegisterAnswer> Told(RegisterAnswer? answer) =>
            answer is null ? Task.FromException<RegisterAnswer>(new StoreUnavailableException()) : Task.FromResult(answer);
    }
}
