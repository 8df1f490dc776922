using System.ComponentModel;
using Coordination.Dashboard.Live;
using Coordination.Domain;
using Coordination.Domain.Accounts;
using Microsoft.AspNetCore.Mvc;

namespace Coordination.Dashboard.Api;

/// <summary>Which accounts a list shows.</summary>
public sealed class AccountFilter
{
    private static readonly string[] States = ["requested", "open", "held", "attention", "retired"];

    /// <summary>Area ids.</summary>
    [FromQuery(Name = "area"), Description("Area id; may be given several times.")]
    public string[]? Area { get; init; }

    /// <summary>Station ids.</summary>
    [FromQuery(Name = "station"), Description("Station id; may be given several times.")]
    public string[]? Station { get; init; }

    /// <summary>Platform ids.</summary>
    [FromQuery(Name = "platform"), Description("Platform id; may be given several times.")]
    public string[]? Platform { get; init; }

    /// <summary>Kinds.</summary>
    [FromQuery(Name = "kind"), Description("corporate or local.")]
    public string[]? Kind { get; init; }

    /// <summary>States.</summary>
    [FromQuery(Name = "state"), Description("requested, open, held, attention or retired; may be given several times.")]
    public string[]? State { get; init; }

    /// <summary>Words to look for.</summary>
    [FromQuery(Name = "q"), Description("Looked for in key, name, area, station, department and contact.")]
    public string? Q { get; init; }

    /// <summary>Checks the values that there is a short list of.</summary>
    /// <returns>Null when they are right.</returns>
    public Refusal? Check() =>
        Strange(Kind, ["corporate", "local"], "kind") ?? Strange(State, States, "state");

    /// <summary>Whether an account is in the list.</summary>
    public bool Fits(AccountRow row)
    {
        var labels = row.Summary.Labels;
        return Has(Area, labels.Area)
            && Has(Station, labels.Station)
            && Has(Platform, labels.Platform)
            && Has(Kind, labels.Kind.Id())
            && Has(State, row.State)
            && (string.IsNullOrWhiteSpace(Q) || Mentions(row.Summary, Q.Trim()));
    }

    private static bool Has(string[]? wanted, string? value) =>
        wanted is null or { Length: 0 } || wanted.Contains(value, StringComparer.OrdinalIgnoreCase);

    private static bool Mentions(AccountSummary summary, string words) =>
        new[]
        {
            summary.Key.Value, summary.DisplayName, summary.Labels.Area, summary.Labels.Station, summary.Labels.Department, summary.Contact?.Name,
        }.Any(text => text?.Contains(words, StringComparison.OrdinalIgnoreCase) ?? false);

    private static Refusal? Strange(string[]? given, string[] known, string name) =>
        given?.FirstOrDefault(value => !known.Contains(value, StringComparer.OrdinalIgnoreCase)) is { } strange
            ? new Refusal("filter-unknown", $"There is no {name} '{(strange.Length > 60 ? strange[..60] : strange)}'. It can be {string.Join(", ", known)}.")
            : null;
}
