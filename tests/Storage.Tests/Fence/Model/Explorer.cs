using System.Globalization;

namespace Coordination.Storage.Tests.Fence.Model;

/// <summary>A step in words, with whom and which post it is about.</summary>
internal readonly record struct Step(string Words, byte Who, byte Post)
{
    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, Words, Who, Post);
}

/// <summary>Visits every state that can be reached, each once, nearest first.</summary>
internal sealed class Explorer(FenceModel model)
{
    private readonly List<ModelState> _states = [];
    private readonly List<(int Before, Step Step)> _ways = [];
    private readonly HashSet<ModelState> _seen = [];

    /// <summary>States visited.</summary>
    public int Count => _states.Count;

    /// <summary>How often each kind of step was taken.</summary>
    public Dictionary<string, int> Steps { get; } = new(StringComparer.Ordinal);

    /// <summary>Looks for a state that must not be.</summary>
    /// <returns>What is wrong and the shortest way there; null when no such state can be reached.</returns>
    public string? FindFault()
    {
        Visit(FenceModel.First, -1, default);
        for (var at = 0; at < _states.Count; at++)
        {
            if (ModelFault.Of(_states[at]) is { } fault)
            {
                return $"{fault}:\n{string.Join('\n', Way(at))}";
            }

            foreach (var (step, state) in model.Next(_states[at]))
            {
                Steps[step.Words] = Steps.GetValueOrDefault(step.Words) + 1;
                Visit(state, at, step);
            }
        }

        return null;
    }

    private void Visit(ModelState state, int before, Step step)
    {
        if (_seen.Add(state))
        {
            _states.Add(state);
            _ways.Add((before, step));
        }
    }

    private Stack<string> Way(int to)
    {
        var way = new Stack<string>();
        for (var at = to; _ways[at].Before >= 0; at = _ways[at].Before)
        {
            way.Push("  " + _ways[at].Step);
        }

        return way;
    }
}
