using System.Text.Json.Serialization;
using Coordination.Domain.Accounts;

namespace Coordination.Domain.Holds;

/// <summary>A set of accounts, by label: OR within a dimension, AND across dimensions, minus <see cref="Except"/>.</summary>
/// <remarks>
/// A dimension that is null or empty does not narrow. A scope that neither says <see cref="All"/> nor names anything is
/// empty and covers nothing. The database's <c>scope_covers</c> gives the same answer: one property test holds the two together.
/// </remarks>
public sealed record Scope
{
    /// <summary>Every account.</summary>
    public static Scope Everything { get; } = new() { All = true };

    /// <summary>Every local account.</summary>
    public static Scope LocalAccounts { get; } = new() { Kinds = ["local"] };

    /// <summary>What people call it, where it was chosen by a name. It says nothing about what is covered: the lists do.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Name { get; init; }

    /// <summary>True for every account; the dimensions below still narrow it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool All { get; init; }

    /// <summary>Area ids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Areas { get; init; }

    /// <summary>Station ids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Stations { get; init; }

    /// <summary>Platform ids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Platforms { get; init; }

    /// <summary><c>corporate</c>, <c>local</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Kinds { get; init; }

    /// <summary>Department ids.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Departments { get; init; }

    /// <summary>Account keys.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Accounts { get; init; }

    /// <summary>What is taken out again; its own <see cref="Except"/> is not looked at.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Scope? Except { get; init; }

    /// <summary>Whether the scope names nothing and so covers nothing.</summary>
    [JsonIgnore]
    public bool IsEmpty => !All && IsOpen(Areas) && IsOpen(Stations) && IsOpen(Platforms) && IsOpen(Kinds)
        && IsOpen(Departments) && IsOpen(Accounts);

    /// <summary>Whether an account with these labels is in the scope.</summary>
    public bool Covers(AccountKey key, AccountLabels labels) =>
        Includes(key, labels) && !(Except?.Includes(key, labels) ?? false);

    private bool Includes(AccountKey key, AccountLabels labels) => !IsEmpty
        && Admits(Areas, labels.Area)
        && Admits(Stations, labels.Station)
        && Admits(Platforms, labels.Platform)
        && Admits(Kinds, labels.Kind.Id())
        && Admits(Departments, labels.Department)
        && Admits(Accounts, key.Value);

    private static bool IsOpen(IReadOnlyList<string>? dimension) => dimension is null or { Count: 0 };

    private static bool Admits(IReadOnlyList<string>? dimension, string? label) =>
        IsOpen(dimension) || (label is not null && dimension!.Contains(label, StringComparer.Ordinal));
}
