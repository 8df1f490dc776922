using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Incidents;

/// <summary>Options of the intake of incident messages, section <c>Incidents</c>.</summary>
public sealed class IncidentOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Incidents";

    /// <summary>CAP senders whose messages count, compared exactly. Default: none, so no message holds anything.</summary>
    public IList<string> Senders { get; } = [];

    /// <summary>CSV file of the stations: <c>station,name,area,area_name,latitude,longitude,code</c>. Default: the brigade's, beside the program.</summary>
    public string StationsFile { get; set; } = Path.Combine(AppContext.BaseDirectory, "Demo", "stations.csv");

    /// <summary>CSV file of the departments: <c>department,name</c>. Default: the brigade's, beside the program.</summary>
    public string DepartmentsFile { get; set; } = Path.Combine(AppContext.BaseDirectory, "Demo", "departments.csv");
}

/// <summary>Checks the options; all faults in one message.</summary>
public sealed class IncidentOptionsValidator : IValidateOptions<IncidentOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, IncidentOptions options)
    {
        var faults = new List<string>();
        if (options.Senders.Any(sender => string.IsNullOrWhiteSpace(sender) || sender.Any(c => char.IsWhiteSpace(c) || c is ',' or '<' or '&')))
        {
            faults.Add("Incidents:Senders has an entry that no CAP sender can have (spaces, commas, < and & are not allowed).");
        }

        if (options.Senders.Count > 0 && !File.Exists(options.StationsFile))
        {
            faults.Add($"Incidents:StationsFile: there is no file {options.StationsFile}; without it no message can be placed on the map.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }
}
