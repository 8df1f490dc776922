namespace Coordination.Domain.Incidents.Rules;

/// <summary>Which incidents of a recording belong together, by any report so far of either, and over others between.</summary>
internal sealed class RecordedLinks
{
    private readonly Dictionary<string, HashSet<string>> _others = new(StringComparer.Ordinal);

    public void Add(Incident incident)
    {
        foreach (var other in incident.Links)
        {
            Join(incident.Number, other);
            Join(other, incident.Number);
        }
    }

    /// <summary>The numbers that belong together with this one, itself first.</summary>
    public IEnumerable<string> GroupOf(string number)
    {
        var found = new HashSet<string>(StringComparer.Ordinal) { number };
        var next = new Queue<string>(found);
        while (next.TryDequeue(out var one))
        {
            yield return one;
            foreach (var other in _others.GetValueOrDefault(one, []).Where(found.Add))
            {
                next.Enqueue(other);
            }
        }
    }

    private void Join(string one, string other)
    {
        if (!_others.TryGetValue(one, out var known))
        {
            _others[one] = known = new HashSet<string>(StringComparer.Ordinal);
        }

        known.Add(other);
    }
}
