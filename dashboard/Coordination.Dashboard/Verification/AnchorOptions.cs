using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Verification;

/// <summary>Options of anchors, section <c>Anchors</c>.</summary>
public sealed class AnchorOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Anchors";

    /// <summary>The file that this host adds its anchors to; best where nobody who can change the database can write. Null: none are made.</summary>
    public string? File { get; set; }

    /// <summary>How often. Default: 15 minutes.</summary>
    public TimeSpan Every { get; set; } = TimeSpan.FromMinutes(15);
}

/// <summary>Checks the options; all faults in one message.</summary>
public sealed class AnchorOptionsValidator : IValidateOptions<AnchorOptions>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, AnchorOptions options)
    {
        var faults = new List<string>();
        if (options.File is { } file && (!Path.IsPathFullyQualified(file) || !Directory.Exists(Path.GetDirectoryName(file))))
        {
            faults.Add("Anchors:File is no full path of a file in a folder that exists.");
        }

        if (options.Every < TimeSpan.FromSeconds(1) || options.Every > TimeSpan.FromDays(1))
        {
            faults.Add($"Anchors:Every is {options.Every}; it can be a second to a day.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }
}
