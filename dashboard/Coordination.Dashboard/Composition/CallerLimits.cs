using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Composition;

/// <summary>How much one client, or one signed-in person, may ask of the API on one host; section <c>Api:Limits</c>.</summary>
public sealed class CallerLimits
{
    /// <summary>The section's name.</summary>
    public const string Section = "Api:Limits";

    /// <summary>The most that any of them can be.</summary>
    public const int Most = 1_000_000;

    /// <summary>Requests in a second, in the long run. Default: 50.</summary>
    public int PerSecond { get; set; } = 50;

    /// <summary>Requests at one go. Default: 200.</summary>
    public int Burst { get; set; } = 200;

    /// <summary>Of what is expensive, such as a search of the journal: requests in a second, in the long run. Default: 10.</summary>
    public int ExpensivePerSecond { get; set; } = 10;

    /// <summary>The same at one go. Default: 60.</summary>
    public int ExpensiveBurst { get; set; } = 60;

    /// <summary>The same at the same time; as many again wait for their turn, five times over. Default: 4.</summary>
    public int ExpensiveAtOnce { get; set; } = 4;

    /// <summary>What stops or lets go: requests in a second, in the long run. Default: 20.</summary>
    public int HoldsPerSecond { get; set; } = 20;

    /// <summary>The same at one go. Default: 100.</summary>
    public int HoldsBurst { get; set; } = 100;

    /// <summary>Tokens that were not known before and are looked up for one address, in a minute, in the long run. Default: 60.</summary>
    public int UnknownTokensPerMinute { get; set; } = 60;

    /// <summary>The same at one go. Default: 250, more than there are clients, which may all come by one proxy after a restart.</summary>
    public int UnknownTokensBurst { get; set; } = 250;
}

/// <summary>Checks the options; all faults in one message.</summary>
public sealed class CallerLimitsValidator : IValidateOptions<CallerLimits>
{
    /// <inheritdoc/>
    public ValidateOptionsResult Validate(string? name, CallerLimits options)
    {
        (string Name, int Value)[] all =
        [
            (nameof(CallerLimits.PerSecond), options.PerSecond), (nameof(CallerLimits.Burst), options.Burst),
            (nameof(CallerLimits.ExpensivePerSecond), options.ExpensivePerSecond), (nameof(CallerLimits.ExpensiveBurst), options.ExpensiveBurst),
            (nameof(CallerLimits.ExpensiveAtOnce), options.ExpensiveAtOnce),
            (nameof(CallerLimits.HoldsPerSecond), options.HoldsPerSecond), (nameof(CallerLimits.HoldsBurst), options.HoldsBurst),
            (nameof(CallerLimits.UnknownTokensPerMinute), options.UnknownTokensPerMinute), (nameof(CallerLimits.UnknownTokensBurst), options.UnknownTokensBurst),
        ];
        var faults = all.Where(o => o.Value is < 1 or > CallerLimits.Most)
            .Select(o => FormattableString.Invariant($"{CallerLimits.Section}:{o.Name} is {o.Value}; it can be 1 to {CallerLimits.Most}.")).ToArray();
        return faults.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(string.Join(" ", faults));
    }
}
