namespace Coordination.Domain.Incidents.Cap;

/// <summary>An element of a message as it was read: names and text, nothing understood yet.</summary>
/// <param name="name">Local name.</param>
/// <param name="ns">Namespace.</param>
internal sealed class CapNode(string name, string ns)
{
    /// <summary>Local name.</summary>
    public string Name { get; } = name;

    /// <summary>Namespace.</summary>
    public string Namespace { get; } = ns;

    /// <summary>Child elements in order.</summary>
    public List<CapNode> Children { get; } = [];

    /// <summary>Text right inside, without that of children.</summary>
    public string Text { get; set; } = string.Empty;

    /// <summary>Attributes that CAP does not have.</summary>
    public List<string> StrayAttributes { get; } = [];

    /// <summary>The CAP children of that name.</summary>
    public IEnumerable<CapNode> All(string childName) => Children.Where(c =>
        string.Equals(c.Name, childName, StringComparison.Ordinal)
        && string.Equals(c.Namespace, CapGrammar.Namespace, StringComparison.Ordinal));

    /// <summary>The text of the CAP child of that name; null when it is not there.</summary>
    public string? Value(string childName) => All(childName).FirstOrDefault()?.Text;

    /// <summary>Whether the CAP child of that name says something.</summary>
    public bool HasText(string childName) => !string.IsNullOrWhiteSpace(Value(childName));
}
