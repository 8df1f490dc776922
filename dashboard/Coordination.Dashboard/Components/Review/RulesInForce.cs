using Coordination.Content;
using Coordination.Dashboard.Desks;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Components.Review;

/// <summary>The rules as a page knows them, and what they find in a text that is typed. What cannot be read is as it was before anybody set anything; the account decides by the true ones.</summary>
public sealed class RulesInForce(IRulesDesk desk, ContentFacts facts)
{
    private static readonly ContentReading Nothing = new([], []);
    private string? _looked;

    /// <summary>The rules.</summary>
    public PublishingRules Rules { get; private set; } = PublishingRules.Default;

    /// <summary>Whether the last reading of the rules failed: then they may be others.</summary>
    public bool Problem { get; private set; }

    /// <summary>What was found in the text that was looked at last.</summary>
    public ContentReading Reading { get; private set; } = Nothing;

    /// <summary>The same, as the rules take it.</summary>
    public IReadOnlyList<ContentFound> Found { get; private set; } = [];

    /// <summary>Reads the rules again.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Rules = (await desk.ReadAsync(cancellationToken)).Rules;
            Problem = false;
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>Looks a text through, once.</summary>
    public void Look(string text)
    {
        if (!string.Equals(_looked, text, StringComparison.Ordinal))
        {
            _looked = text;
            Reading = text.Length <= ContentCheck.LongestText ? ContentCheck.Look(text, facts) : Nothing;
            Found = Reading.ToFound();
        }
    }
}
