using Coordination.Storage.Exports;

namespace Coordination.Dashboard.Exports;

/// <summary>Exports in words.</summary>
public static class ExportWords
{
    /// <summary>Of what an export is.</summary>
    public static string Of(ExportQuestion question) => Of(ExportAsked.Of(question));

    /// <summary>Of what an export is.</summary>
    public static string Of(ExportAsked asked) => asked.Kind switch
    {
        "account" => $"account {asked.Key}",
        "person" => $"what {asked.Key} did",
        "incident" => $"incident {asked.Key}",
        _ => "a period",
    };
}
