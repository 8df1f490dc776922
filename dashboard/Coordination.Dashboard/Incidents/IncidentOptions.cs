using Coordination.Dashboard.Components.Incidents;
using Coordination.Dashboard.Incidents.Pull;
using Coordination.Domain.Brigade;
using Coordination.Domain.Incidents.Replays;
using Coordination.Domain.Incidents.Reports;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Incidents;

/// <summary>Options of the intake of incident messages, section <c>Incidents</c>.</summary>
public sealed class IncidentOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Incidents";

    /// <summary>CAP senders whose messages count when they are sent here, compared exactly; a feed has a list of its own. Default: none, so no message holds anything.</summary>
    public IList<string> Senders { get; } = [];

    /// <summary>Systems that send signed reports, by their ids. Default: none.</summary>
    public IDictionary<string, SourceOptions> Sources { get; } = new Dictionary<string, SourceOptions>(StringComparer.Ordinal);

    /// <summary>Atom feeds whose CAP messages are pulled, by their ids. Default: none.</summary>
    public IDictionary<string, FeedOptions> Feeds { get; } = new Dictionary<string, FeedOptions>(StringComparer.Ordinal);

    /// <summary>CSV file of the stations: <c>station,name,area,area_name,latitude,longitude,code</c>. Default: the brigade's, beside the program.</summary>
    public string StationsFile { get; set; } = Path.Combine(AppContext.BaseDirectory, "Demo", "stations.csv");

    /// <summary>CSV file of the departments: <c>department,name</c>. Default: the brigade's, beside the program.</summary>
    public string DepartmentsFile { get; set; } = Path.Combine(AppContext.BaseDirectory, "Demo", "departments.csv");
}

/// <summary>A system that sends signed reports, section <c>Incidents:Sources:{id}</c>.</summary>
public sealed class SourceOptions
{
    /// <summary>Most secrets at a time: one in use, and its successor while the sender changes over.</summary>
    public const int MostSecrets = 5;

    /// <summary>What people call it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The secrets that its signatures may be made with: <c>whsec_</c> and base64 of 24 to 64 bytes. Two while one is replaced by the other.</summary>
    public IList<string> Secrets { get; } = [];
}

/// <summary>Checks the options; all faults in one message.</summary>
public sealed class IncidentOptionsValidator : IValidateOptions<IncidentOptions>
{
    private const int LongestSource = 40;

    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, IncidentOptions options)
    {
        var faults = new List<string>();
        if (!options.Senders.All(IsSender))
        {
            faults.Add("Incidents:Senders has an entry that no CAP sender can have (spaces, commas, < and & are not allowed).");
        }

        if ((options.Senders.Count > 0 || options.Feeds.Count > 0) && !File.Exists(options.StationsFile))
        {
            faults.Add($"Incidents:StationsFile: there is no file {options.StationsFile}; without it no message can be placed on the map.");
        }

        foreach (var (id, source) in options.Sources)
        {
            if (!Slug.IsValid(id) || id.Length > LongestSource)
            {
                faults.Add($"Incidents:Sources has the id '{id}': lower-case letters, digits and inner hyphens, at most {LongestSource}.");
            }

            if (string.Equals(id, ManualReport.Source, StringComparison.Ordinal))
            {
                faults.Add($"Incidents:Sources has the id '{id}', which is the source of reports that people make here: choose another.");
            }

            if (string.Equals(id, ReplayReports.Source, StringComparison.Ordinal))
            {
                faults.Add($"Incidents:Sources has the id '{id}', which is the source of recorded incidents that are replayed as an exercise: choose another.");
            }

            // A secret is never quoted: not even a wrong one.
            if (source.Secrets.Count is 0 or > SourceOptions.MostSecrets || source.Secrets.Any(secret => !WebhookSecret.TryParse(secret, out _)))
            {
                faults.Add($"Incidents:Sources:{id}:Secrets needs 1 to {SourceOptions.MostSecrets} secrets, each whsec_ and base64 of 24 to 64 bytes.");
            }
        }

        faults.AddRange(FeedOptionsCheck.Faults(options));
        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }

    /// <summary>Whether a message may have such a sender.</summary>
    internal static bool IsSender(string text) => !string.IsNullOrWhiteSpace(text) && !text.Any(c => char.IsWhiteSpace(c) || c is ',' or '<' or '&');
}
