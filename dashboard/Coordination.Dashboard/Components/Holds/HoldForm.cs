using Coordination.Dashboard.Components.Kit;
using Coordination.Dashboard.Live;
using Coordination.Domain.Holds;
using Coordination.Domain.People;

namespace Coordination.Dashboard.Components.Holds;

/// <summary>The dimensions a scope is picked by.</summary>
public enum ScopePart
{
    /// <summary>Areas.</summary>
    Area,

    /// <summary>Stations.</summary>
    Station,

    /// <summary>Platforms.</summary>
    Platform,

    /// <summary>Corporate, local.</summary>
    Kind,

    /// <summary>Departments.</summary>
    Department,

    /// <summary>Single accounts.</summary>
    Account,
}

/// <summary>A hold being made out: what is picked, what it would cover, what is still missing.</summary>
public sealed class HoldForm
{
    private readonly Dictionary<ScopePart, SortedSet<string>> _picked = Enum.GetValues<ScopePart>().ToDictionary(p => p, _ => new SortedSet<string>(StringComparer.Ordinal));
    private readonly SortedSet<string> _except = new(StringComparer.Ordinal);

    /// <summary>What the hold lets through.</summary>
    public HoldKind Kind { get; set; } = HoldKind.Freeze;

    /// <summary>Whether it is for every account.</summary>
    public bool Everything { get; private set; }

    /// <summary>Why.</summary>
    public string Reason { get; set; } = "";

    /// <summary>The incident's reference.</summary>
    public string Incident { get; set; } = "";

    /// <summary>When to look again, as the field holds it.</summary>
    public string ReviewAt { get; set; } = "";

    /// <summary>When it ends by itself, as the field holds it; counts for a hold that asks for approval alone.</summary>
    public string EndsAt { get; set; } = "";

    /// <summary>Staff ids that a central coordination lets through besides Comms.</summary>
    public SortedSet<string> NamedPosters { get; } = new(StringComparer.Ordinal);

    /// <summary>Account keys that are taken out again.</summary>
    public IReadOnlyCollection<string> Except => _except;

    /// <summary>What is picked in a dimension.</summary>
    public IReadOnlyCollection<string> Picked(ScopePart part) => _picked[part];

    /// <summary>Whether a label is picked.</summary>
    public bool Has(ScopePart part, string id) => _picked[part].Contains(id);

    /// <summary>Picks everything, or unpicks it. Everything and parts exclude each other, so that the words stay plain.</summary>
    public void ToggleEverything()
    {
        Everything = !Everything;
        if (Everything)
        {
            foreach (var part in _picked.Values)
            {
                part.Clear();
            }
        }
    }

    /// <summary>Picks a label, or unpicks it.</summary>
    public void Toggle(ScopePart part, string id)
    {
        Everything = false;
        if (!_picked[part].Remove(id))
        {
            _picked[part].Add(id);
        }
    }

    /// <summary>Takes an account out of the scope, or lets it in again.</summary>
    public void ToggleExcept(string key)
    {
        if (!_except.Remove(key))
        {
            _except.Add(key);
        }
    }

    /// <summary>The scope as picked.</summary>
    public Scope Scope => new()
    {
        All = Everything,
        Areas = ListOf(ScopePart.Area),
        Stations = ListOf(ScopePart.Station),
        Platforms = ListOf(ScopePart.Platform),
        Kinds = ListOf(ScopePart.Kind),
        Departments = ListOf(ScopePart.Department),
        Accounts = ListOf(ScopePart.Account),
        Except = _except.Count == 0 ? null : new Scope { Accounts = [.. _except] },
    };

    /// <summary>How many accounts the scope covers on this host's replica.</summary>
    public int CountCovered(IEnumerable<AccountRow> accounts)
    {
        var scope = Scope;
        return scope.IsEmpty ? 0 : accounts.Count(row => row.State is not "retired" && scope.Covers(row.Summary.Key, row.Summary.Labels));
    }

    /// <summary>The wish, once nothing is missing.</summary>
    public HoldWish ToWish() => new(
        Kind,
        Scope,
        Reason.Trim(),
        Kind == HoldKind.CentralCoordination && NamedPosters.Count > 0 ? [.. NamedPosters] : null,
        string.IsNullOrWhiteSpace(Incident) ? null : Incident.Trim(),
        UkTime.TryParse(ReviewAt, out var review) ? review : null,
        MayEnd && UkTime.TryParse(EndsAt, out var end) ? end : null);

    /// <summary>What is missing or wrong, by field: <c>scope reason incident review end</c>.</summary>
    public IReadOnlyDictionary<string, string> Missing(Actor actor, DateTimeOffset now)
    {
        var missing = new Dictionary<string, string>(StringComparer.Ordinal);
        if (Scope.IsEmpty)
        {
            missing["scope"] = "Choose which accounts. Nothing is held yet.";
        }

        if (string.IsNullOrWhiteSpace(Reason))
        {
            missing["reason"] = "Say why in a few words. The people whose accounts stop will read it.";
        }
        else if (Reason.Trim().Length > HoldDecider.LongestReason)
        {
            missing["reason"] = $"{HoldDecider.LongestReason} characters fit; this has {Reason.Trim().Length}.";
        }

        if (string.IsNullOrWhiteSpace(Incident) && !actor.May(Permission.PlaceHoldWithoutIncident))
        {
            missing["incident"] = $"{actor.Role.Name()} places a hold at an incident: give its reference.";
        }

        if (ReviewAt.Length > 0 && (!UkTime.TryParse(ReviewAt, out var review) || review <= now))
        {
            missing["review"] = "Choose a time that is still to come, or leave it empty.";
        }

        if (MayEnd && EndsAt.Length > 0 && (!UkTime.TryParse(EndsAt, out var end) || end <= now))
        {
            missing["end"] = "Choose a time that is still to come, or leave it empty: then it stands until it is lifted.";
        }

        return missing;
    }

    private bool MayEnd => Kind == HoldKind.ApprovalRequired;

    private string[]? ListOf(ScopePart part) => _picked[part].Count == 0 ? null : [.. _picked[part]];
}
