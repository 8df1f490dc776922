using Coordination.Storage.People;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Incidents;

/// <summary>Lets no service start in which a system that signs its reports, or a feed, has the id of a member of staff: what one of them reported would pass for the other's word.</summary>
/// <remarks>Staff are known by the database, so it looks once it starts. Where the database does not answer then, it says so and does not know.</remarks>
public sealed partial class SourceIds(IStaffStore staff, IOptions<IncidentOptions> options, ILogger<SourceIds> logger) : IHostedService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <inheritdoc/>
    /// <exception cref="OptionsValidationException">One has.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var sources = options.Value.Sources.Keys.ToDictionary(id => id, _ => "Sources", StringComparer.Ordinal);
        foreach (var id in options.Value.Feeds.Keys)
        {
            sources[id] = "Feeds";
        }

        if (sources.Count == 0)
        {
            return;
        }

        string[] both;
        try
        {
            // Who has left counts, too: their reports are on file.
            both = [.. (await staff.AllAsync(cancellationToken).WaitAsync(Patience, cancellationToken)).Select(s => s.Id).Where(sources.ContainsKey).Order(StringComparer.Ordinal)];
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            LogNotKnown(e.Message);
            return;
        }

        if (both.Length > 0)
        {
            throw new OptionsValidationException(
                IncidentOptions.Section, typeof(IncidentOptions), both.Select(id => $"Incidents:{sources[id]} has the id '{id}', which is a member of staff's: choose another."));
        }
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Warning, "Whether a source of incident reports has the id of a member of staff is not known: the database does not answer. {Why}")]
    private partial void LogNotKnown(string why);
}
