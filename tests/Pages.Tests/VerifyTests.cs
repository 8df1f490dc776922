using Coordination.Dashboard.Components.Verify;
using Coordination.Dashboard.Verification;
using Coordination.Domain.People;
using Coordination.Storage.Verification;
using Microsoft.Extensions.Time.Testing;

namespace Coordination.Pages.Tests;

/// <summary>Asking for a verification: who may, one at a time, for how long; and what the page says of it.</summary>
public sealed class VerifyTests
{
    private static readonly Actor Auditor = new("morgan-demo", "Morgan Demo", Role.Auditor);
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 10, 1, 58, TimeSpan.Zero));
    private readonly StubVerifier _verifier = new();
    private readonly VerifyDesk _desk;
    private readonly VerifyModel _model;

    public VerifyTests()
    {
        _desk = new VerifyDesk(_verifier, _time);
        _model = new VerifyModel(_desk);
    }

    [Fact]
    public async Task Run_IsRefused_ToWhoMayNotReadTheJournal()
    {
        var answer = _desk.RunAsync(new Actor("robin-demo", "Robin Demo", Role.AccountHolder), CancellationToken.None);
        Assert.Equal(0, _verifier.Runs);
        Assert.Equal("forbidden", Assert.IsType<VerifyAnswer.Refused>(await answer).Why.Code);
    }

    [Fact]
    public async Task Run_ShowsItsProgress_ThenWhatItFound()
    {
        Assert.Equal("Not verified on this host since it started.", _model.Outcome);
        var run = _model.RunAsync(Auditor, CancellationToken.None);
        Assert.Equal(("Morgan Demo", _time.GetUtcNow()), (_model.Running!.By, _model.Running.Since));
        var changes = 0;
        _desk.Changed += (_, _) => changes++;
        _verifier.Tell(new VerificationProgress(12_000, 100_000));
        Assert.Equal((1, "12,000 of about 100,000 journal entries"), (changes, _model.Progress));

        _verifier.End(Report(0));
        await run;
        Assert.Null(_model.Running);
        Assert.Equal("All agrees: 1,200 journal entries and what is stored beside them.", _model.Outcome);
        Assert.Equal("Morgan Demo", _model.Last!.By);

        await EndAsync(_model.RunAsync(Auditor, CancellationToken.None), Report(1));
        Assert.Equal("1 difference found.", _model.Outcome);
    }

    [Fact]
    public async Task Run_IsOneAtATime_AndTheOtherIsToldWhose()
    {
        var run = _model.RunAsync(Auditor, CancellationToken.None);
        var other = new VerifyModel(_desk);
        var second = other.RunAsync(Some.Manager, CancellationToken.None);
        Assert.Equal(1, _verifier.Runs);
        await second;

        Assert.StartsWith("Morgan Demo has been verifying on this host since 10:01:58.", other.Problem, StringComparison.Ordinal);
        await EndAsync(run, Report(0));
        Assert.Equal(_model.Outcome, other.Outcome);
    }

    [Fact]
    public async Task Run_Ends_WhenThePersonLeaves_AndTheNextMayBegin()
    {
        using var gone = new CancellationTokenSource();
        var run = _model.RunAsync(Auditor, gone.Token);
        await gone.CancelAsync();
        await run;

        Assert.True(_verifier.Cancelled);
        Assert.Null(_desk.Running);
        Assert.Null(_model.Problem);
        Assert.Null(_model.Last);
        await EndAsync(_model.RunAsync(Auditor, CancellationToken.None), Report(0));
    }

    [Fact]
    public async Task Run_Ends_WhenItTakesTooLong_AndSaysWhatToUseInstead()
    {
        var run = _model.RunAsync(Auditor, CancellationToken.None);
        _time.Advance(VerifyDesk.Patience);
        await run;

        Assert.True(_verifier.Cancelled);
        Assert.Contains("not at its end after 5 minutes", _model.Problem, StringComparison.Ordinal);
        Assert.Null(_desk.Running);
    }

    [Fact]
    public async Task Problem_SaysWhy_WhenItCouldNotBeChecked_AndTheLastResultStays()
    {
        await EndAsync(_model.RunAsync(Auditor, CancellationToken.None), Report(0));
        var run = _model.RunAsync(Auditor, CancellationToken.None);
        _verifier.Fail(new VerificationException("The database does not answer."));
        await run;

        Assert.Equal("The database does not answer.", _model.Problem);
        Assert.StartsWith("All agrees", _model.Outcome, StringComparison.Ordinal);
    }

    private async Task EndAsync(Task run, VerificationReport report)
    {
        _verifier.End(report);
        await run;
    }

    private VerificationReport Report(long found) => new(
        _time.GetUtcNow(), TimeSpan.FromSeconds(1), 1200, [new VerificationCheck(CheckKind.Chains, 1200, found, [], [])]);

    private sealed class StubVerifier : IVerifier
    {
        private TaskCompletionSource<VerificationReport> _end = new();
        private IProgress<VerificationProgress>? _progress;

        public int Runs { get; private set; }

        public bool Cancelled { get; private set; }

        public async Task<VerificationReport> RunAsync(IProgress<VerificationProgress>? progress, CancellationToken cancellationToken)
        {
            Runs++;
            (_progress, _end) = (progress, new TaskCompletionSource<VerificationReport>());
            await using var registration = cancellationToken.Register(() =>
            {
                Cancelled = true;
                _end.TrySetCanceled(cancellationToken);
            });
            return await _end.Task;
        }

        public void Tell(VerificationProgress progress) => _progress!.Report(progress);

        public void End(VerificationReport report) => _end.SetResult(report);

        public void Fail(Exception why) => _end.SetException(why);
    }
}
