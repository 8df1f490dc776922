using Coordination.Dashboard.Incidents;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.People;
using Coordination.Storage.People;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Coordination.Pages.Tests;

/// <summary>A system that signs its reports is nobody else: no member of staff, and not the reports that people make by hand.</summary>
public sealed class SourceIdTests
{
    private static readonly string Secret = "whsec_" + Convert.ToBase64String(new byte[32]);

    private static CancellationToken None => TestContext.Current.CancellationToken;

    [Fact]
    public void ByHand_IsNoSystem()
    {
        Assert.True(new IncidentOptionsValidator().Validate(null, With("fire-control-a")).Succeeded);
        Assert.Contains("has the id 'by-hand'", new IncidentOptionsValidator().Validate(null, With("by-hand")).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void TheReplay_IsNoSystem_AndNoFeed()
    {
        Assert.Contains("has the id 'replay'", new IncidentOptionsValidator().Validate(null, With("replay")).FailureMessage, StringComparison.Ordinal);
        var feed = new IncidentOptions { Feeds = { ["replay"] = new() { Url = "https://alerts.example.org/cap.atom" } } };
        Assert.Contains("Incidents:Feeds has the id 'replay'", new IncidentOptionsValidator().Validate(null, feed).FailureMessage, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMemberOfStaff_IsNoSystem_NorIsOneWhoHasLeft()
    {
        await Start(With("fire-control-a"), [new StaffMember("okafor", "R. Okafor", Role.CommsManager, null)]);
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(
            () => Start(With("okafor", "lowe", "other"), [new StaffMember("okafor", "R. Okafor", Role.CommsManager, null), new StaffMember("lowe", "K. Lowe", Role.FireControl, null, Active: false)]));
        Assert.Contains("'okafor'", refused.Message, StringComparison.Ordinal);
        Assert.Contains("'lowe'", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("'other'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMemberOfStaff_IsNoFeed()
    {
        var options = With("fire-control-a");
        options.Feeds["okafor"] = new FeedOptions();
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => Start(options, [new StaffMember("okafor", "R. Okafor", Role.CommsManager, null)]));
        Assert.Contains("Incidents:Feeds has the id 'okafor'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ADatabaseThatDoesNotAnswer_LetsTheServiceStart() => await Start(With("okafor"), null);

    private static IncidentOptions With(params string[] ids)
    {
        var options = new IncidentOptions();
        foreach (var id in ids)
        {
            options.Sources[id] = new SourceOptions { Secrets = { Secret } };
        }

        return options;
    }

    private static Task Start(IncidentOptions options, IReadOnlyList<StaffMember>? staff) =>
        new SourceIds(new Staff(staff), Options.Create(options), NullLogger<SourceIds>.Instance).StartAsync(None);

    private sealed class Staff(IReadOnlyList<StaffMember>? all) : IStaffStore
    {
        public Task<IReadOnlyList<StaffMember>> AllAsync(CancellationToken cancellationToken) =>
            all is null ? Task.FromException<IReadOnlyList<StaffMember>>(new TimeoutException("No answer.")) : Task.FromResult(all);

        public Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SaveAsync(IReadOnlyList<StaffMember> staff, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task SetTokenAsync(string staffId, string purpose, string token, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<StaffMember?> FindByTokenAsync(string token, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
