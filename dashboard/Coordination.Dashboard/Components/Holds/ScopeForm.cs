using Coordination.Dashboard.Live;
using Coordination.Domain.Holds;

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

/// <summary>A scope being picked: what is in it, what is taken out again, and what it would cover.</summary>
public sealed class ScopeForm
{
    private readonly Dictionary<ScopePart, SortedSet<string>> _picked = Enum.GetValues<ScopePart>().ToDictionary(p => p, _ => new SortedSet<string>(StringComparer.Ordinal));
    private readonly SortedSet<string> _except = new(StringComparer.Ordinal);
    private Scope? _alsoExcept;
    private string? _name;

    /// <summary>Whether it is every account.</summary>
    public bool Everything { get; private set; }

    /// <summary>Account keys that are taken out again.</summary>
    public IReadOnlyCollection<string> Except => _except;

    /// <summary>The scope as picked.</summary>
    public Scope Scope => new()
    {
        Name = _name,
        All = Everything,
        Areas = ListOf(ScopePart.Area),
        Stations = ListOf(ScopePart.Station),
        Platforms = ListOf(ScopePart.Platform),
        Kinds = ListOf(ScopePart.Kind),
        Departments = ListOf(ScopePart.Department),
        Accounts = ListOf(ScopePart.Account),
        Except = _alsoExcept ?? (_except.Count == 0 ? null : new Scope { Accounts = [.. _except] }),
    };

    /// <summary>What is picked in a dimension.</summary>
    public IReadOnlyCollection<string> Picked(ScopePart part) => _picked[part];

    /// <summary>Whether a label is picked.</summary>
    public bool Has(ScopePart part, string id) => _picked[part].Contains(id);

    /// <summary>Picks everything, or unpicks it. Everything and parts exclude each other, so that the words stay plain.</summary>
    public void ToggleEverything()
    {
        _name = null;
        Everything = !Everything;
        if (Everything)
        {
            ClearParts();
        }
    }

    /// <summary>Picks a label, or unpicks it.</summary>
    public void Toggle(ScopePart part, string id)
    {
        _name = null;
        Everything = false;
        if (!_picked[part].Remove(id))
        {
            _picked[part].Add(id);
        }
    }

    /// <summary>Takes an account out of the scope, or lets it in again.</summary>
    public void ToggleExcept(string key)
    {
        _name = null;
        _alsoExcept = null;
        if (!_except.Remove(key))
        {
            _except.Add(key);
        }
    }

    /// <summary>Picks what was saved under a name, instead of all that was picked before. Whatever is changed afterwards is not what has that name.</summary>
    public void Use(Scope saved)
    {
        ClearParts();
        _name = saved.Name;
        Add(ScopePart.Area, saved.Areas);
        Add(ScopePart.Station, saved.Stations);
        Add(ScopePart.Platform, saved.Platforms);
        Add(ScopePart.Kind, saved.Kinds);
        Add(ScopePart.Department, saved.Departments);
        Add(ScopePart.Account, saved.Accounts);
        Everything = saved.All && _picked.Values.All(part => part.Count == 0);
        _except.Clear();
        _except.UnionWith(saved.Except?.Accounts ?? []);

        // What programs can except and this form cannot is kept as it is, until an account is taken out or let in here.
        _alsoExcept = saved.Except is { } except && !(except with { Accounts = null }).IsEmpty ? except : null;
    }

    /// <summary>How many accounts the scope covers on this host's replica.</summary>
    public int CountCovered(IEnumerable<AccountRow> accounts) => accounts.CountCovered(Scope);

    private void ClearParts()
    {
        foreach (var part in _picked.Values)
        {
            part.Clear();
        }
    }

    private void Add(ScopePart part, IReadOnlyList<string>? ids) => _picked[part].UnionWith(ids ?? []);

    private string[]? ListOf(ScopePart part) => _picked[part].Count == 0 ? null : [.. _picked[part]];
}
