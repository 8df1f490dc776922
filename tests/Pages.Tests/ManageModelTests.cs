using Coordination.Contracts;
using Coordination.Dashboard.Components.Accounts;
using Coordination.Dashboard.Desks;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Coordination.Domain.People;

namespace Coordination.Pages.Tests;

public sealed class ManageModelTests
{
    private static readonly AccountKey Key = AccountKey.Parse("x/demo_wmfs_binley");
    private readonly StubAccountDesk _desk = new();
    private readonly ManageModel _model;

    public ManageModelTests() => _model = new ManageModel(_desk);

    [Fact]
    public async Task Wish_ThatIsNotKnown_IsRepeatedUnderItsId_AndAnotherIsNot()
    {
        Assert.False(await _model.RetireAsync(Key, "Closed", Some.Manager));
        Assert.True(_model.Bad);
        Assert.Contains("not known", _model.Said, StringComparison.Ordinal);

        _desk.Answer = new AccountAnswer(Some.Account("x/demo_wmfs_binley"), null, []);
        Assert.True(await _model.RetireAsync(Key, "Closed", Some.Manager));
        Assert.True(await _model.ApproveAsync(Key, Some.Manager));
        Assert.Equal(_desk.Operations[0], _desk.Operations[1]);
        Assert.NotEqual(_desk.Operations[1], _desk.Operations[2]);
    }

    [Fact]
    public async Task Refusal_IsSaidInItsWords()
    {
        _desk.Answer = new AccountAnswer(null, new Refusal("account-retired", "The account is retired."), []);
        Assert.False(await _model.ConnectAsync(Key, Some.Manager));
        Assert.Equal((true, "The account is retired."), (_model.Bad, _model.Said));
    }

    [Fact]
    public async Task Contact_ThatNobodyCouldReach_IsNotEvenAsked()
    {
        Assert.False(await _model.ChangeContactAsync(Key, new NamedContact("Kim Example"), Some.Manager));
        Assert.Equal("email", Assert.Single(_model.Faults).Field);
        Assert.Empty(_desk.Operations);
        Assert.Null(_model.Said);
    }

    [Fact]
    public void Form_ReadsWhatIsTyped_AndDropsEmptyPlaces()
    {
        var form = ContactForm.Of(new NamedContact("Kim Example", "kim@example.org", null, [new NamedContact("Pat"), new NamedContact("Sam")]));
        form.Deputies[0].Name = " ";
        form.AddDeputy();
        form.Person.Phone = " 0121 496 0001 ";
        Assert.Equal(new NamedContact("Kim Example", "kim@example.org", "0121 496 0001", [new NamedContact("Sam")]), form.Read());
        Assert.Single(form.Deputies);

        // A place to type a deputy into is always there.
        form.Deputies[0].Name = "";
        Assert.Empty(form.Read().Deputies!);
        Assert.Single(form.Deputies);
    }

    private sealed class StubAccountDesk : IAccountDesk
    {
        public List<Guid> Operations { get; } = [];

        public AccountAnswer? Answer { get; set; }

        public Task<AccountAnswer> ApproveAsync(AccountKey account, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(operationId);

        public Task<AccountAnswer> ConnectAsync(AccountKey account, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(operationId);

        public Task<AccountAnswer> RetireAsync(AccountKey account, string? reason, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(operationId);

        public Task<AccountAnswer> ChangeContactAsync(AccountKey account, NamedContact contact, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(operationId);

        public Task<AccountAnswer> RelabelAsync(AccountKey account, LabelWish labels, Actor actor, Guid operationId, CancellationToken cancellationToken) => Take(operationId);

        private Task<AccountAnswer> Take(Guid operationId)
        {
            Operations.Add(operationId);
            return Answer is null ? Task.FromException<AccountAnswer>(new StoreUnavailableException()) : Task.FromResult(Answer);
        }
    }
}
