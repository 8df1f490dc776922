using Microsoft.Extensions.Options;

namespace Coordination.Connectors;

/// <summary>Refuses settings that cannot work, all in one message.</summary>
internal sealed class ConnectorOptionsValidator : IValidateOptions<ConnectorOptions>
{
    public ValidateOptionsResult Validate(string? name, ConnectorOptions options)
    {
        var faults = new List<string>();
        Range(options.AnswerTimeout, nameof(options.AnswerTimeout), faults);
        Range(options.ConnectTimeout, nameof(options.ConnectTimeout), faults);
        Range(options.ReadTimeout, nameof(options.ReadTimeout), faults);
        if (options.ClockTolerance < TimeSpan.Zero || options.ClockTolerance > TimeSpan.FromHours(1))
        {
            faults.Add($"Connectors:{nameof(options.ClockTolerance)} must be between 0 and 1 hour.");
        }

        if (options.ViaSandbox is { } sandbox && (!sandbox.IsAbsoluteUri || !sandbox.Scheme.StartsWith("http", StringComparison.Ordinal)))
        {
            faults.Add($"Connectors:{nameof(options.ViaSandbox)} must be a web address such as http://127.0.0.1:8090/.");
        }

        if (!Enum.IsDefined(options.SandboxSpeaks))
        {
            faults.Add($"Connectors:{nameof(options.SandboxSpeaks)} must be {string.Join(" or ", Enum.GetNames<SandboxSpeech>())}.");
        }

        if (options.UploadPieceBytes is < 10_000 or > 5_000_000)
        {
            faults.Add($"Connectors:{nameof(options.UploadPieceBytes)} must be between 10,000 and 5,000,000.");
        }

        if (!Enum.IsDefined(options.PlainHttp))
        {
            faults.Add($"Connectors:{nameof(options.PlainHttp)} must be {string.Join(" or ", Enum.GetNames<PlainHttp>())}.");
        }

        return faults.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(faults);
    }

    private static void Range(TimeSpan value, string name, List<string> faults)
    {
        if (value < TimeSpan.FromMilliseconds(100) || value > TimeSpan.FromMinutes(10))
        {
            faults.Add($"Connectors:{name} must be between 0.1 seconds and 10 minutes.");
        }
    }
}
