using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Configuration;

/// <summary>Says in one message why the host cannot start.</summary>
public static class StartFaults
{
    /// <summary>The message; null for what is no fault of the configuration.</summary>
    public static string? Explain(Exception exception) => exception switch
    {
        OptionsValidationException options => Words(options.Failures),
        AggregateException many when many.InnerExceptions.All(e => e is OptionsValidationException) =>
            Words(many.InnerExceptions.Cast<OptionsValidationException>().SelectMany(e => e.Failures)),
        ConfigurationException faults => Words(faults.Faults),
        _ => null,
    };

    private static string Words(IEnumerable<string> faults) => "The service cannot start:" + string.Concat(faults.Select(fault => Environment.NewLine + "  " + fault));
}

/// <summary>The configuration is wrong.</summary>
/// <param name="faults">Each fault, in words.</param>
public sealed class ConfigurationException(IReadOnlyList<string> faults) : Exception(string.Join(" ", faults))
{
    /// <summary>Each fault, in words.</summary>
    public IReadOnlyList<string> Faults { get; } = faults;
}
