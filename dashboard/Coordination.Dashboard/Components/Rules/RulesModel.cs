using System.Globalization;
using Coordination.Dashboard.Desks;
using Coordination.Domain.People;
using Coordination.Domain.Review;

namespace Coordination.Dashboard.Components.Rules;

/// <summary>The publishing rules on screen, and what is changed in them before it is saved.</summary>
public sealed class RulesModel(IRulesDesk desk)
{
    private const string NotKnown = "The database did not answer, so it is not known whether this took. What you set is still here. Press the button again: it cannot count twice.";

    /// <summary>The rules as they are kept; null before they were read.</summary>
    public KeptRules? Kept { get; private set; }

    /// <summary>What findings do, by content rule, as set on screen.</summary>
    public Dictionary<string, ContentAct> Content { get; private set; } = new(StringComparer.Ordinal);

    /// <summary>Who approves what, as set on screen.</summary>
    public List<ApprovalLine> Approvals { get; private set; } = [];

    /// <summary>How near is too near, in minutes, as set on screen.</summary>
    public int ClashMinutes { get; set; }

    /// <summary>When the quiet hours begin, as the field holds it.</summary>
    public string QuietFrom { get; set; } = "";

    /// <summary>When they end, as the field holds it.</summary>
    public string QuietTo { get; set; } = "";

    /// <summary>What is done about a time in them, as the enumeration's name.</summary>
    public string QuietAct { get; set; } = nameof(ContentAct.Warn);

    /// <summary>Whether the last reading failed.</summary>
    public bool Problem { get; private set; }

    /// <summary>Why the last wish was not carried out; null when it was.</summary>
    public string? Wrong { get; private set; }

    /// <summary>Whether they are being saved.</summary>
    public bool Busy { get; private set; }

    /// <summary>Reads the rules, and forgets what was set on screen.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        try
        {
            Show(await desk.ReadAsync(cancellationToken));
            Problem = false;
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The page is gone.
        }
        catch (Exception)
        {
            Problem = true;
        }
    }

    /// <summary>What a content rule does, as set on screen.</summary>
    public ContentAct ActOf(string rule, ContentAct usual) => Content.TryGetValue(rule, out var act) ? act : usual;

    /// <summary>Sets what a content rule does. What is usual for it need not be said.</summary>
    public void Set(string rule, ContentAct act, ContentAct usual)
    {
        if (act == usual)
        {
            Content.Remove(rule);
        }
        else
        {
            Content[rule] = act;
        }
    }

    /// <summary>Saves what is on screen. True when it took.</summary>
    public async Task<bool> SaveAsync(Actor actor, CancellationToken cancellationToken)
    {
        if (Kept is not { } kept)
        {
            return false;
        }

        if (!TryTime(QuietFrom, out var from) || !TryTime(QuietTo, out var to))
        {
            Wrong = "Choose when the quiet hours begin and end. Nothing was changed. Equal times mean never.";
            return false;
        }

        Busy = true;
        try
        {
            var rules = new PublishingRules { Content = new Dictionary<string, ContentAct>(Content, StringComparer.Ordinal), Approvals = [.. Approvals.Select(a => a.ToRule())], ClashMinutes = ClashMinutes, Quiet = new QuietHours(from, to, Enum.TryParse<ContentAct>(QuietAct, out var act) ? act : ContentAct.Warn) };
            var answer = await desk.SaveAsync(rules, kept.Version, actor, cancellationToken);
            Wrong = answer.Refusal switch
            {
                null => null,
                { Code: "rules-changed" } => "Somebody has set the rules otherwise since you opened them. Nothing was changed. Note what you wanted, open the page again, and set it there.",
                var refusal => refusal.Reason,
            };
            if (answer.Rules is { } now)
            {
                Show(now);
            }
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            Wrong = NotKnown;
        }
        finally
        {
            Busy = false;
        }

        return Wrong is null;
    }

    private static string Field(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static bool TryTime(string text, out TimeOnly time) =>
        TimeOnly.TryParseExact(text.Length > 5 ? text[..5] : text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out time);

    private void Show(KeptRules kept)
    {
        Kept = kept;
        Content = new Dictionary<string, ContentAct>(kept.Rules.Content, StringComparer.Ordinal);
        Approvals = [.. kept.Rules.Approvals.Select(ApprovalLine.Of)];
        ClashMinutes = kept.Rules.ClashMinutes;
        (QuietFrom, QuietTo, QuietAct) = (Field(kept.Rules.Quiet.From), Field(kept.Rules.Quiet.To), kept.Rules.Quiet.Act.ToString());
        Wrong = null;
    }
}

/// <summary>A rule about approval, as fields hold it.</summary>
public sealed class ApprovalLine
{
    /// <summary>A kind's id, or an account's key.</summary>
    public string For { get; set; } = "";

    /// <summary>How many people, as the enumeration's name.</summary>
    public string Need { get; set; } = nameof(ApprovalNeed.One);

    /// <summary>Staff ids with commas between them.</summary>
    public string Approvers { get; set; } = "";

    /// <summary>Makes it of a rule.</summary>
    public static ApprovalLine Of(ApprovalRule rule) => new() { For = rule.For, Need = rule.Need.ToString(), Approvers = string.Join(", ", rule.Approvers) };

    /// <summary>Makes a rule of it.</summary>
    public ApprovalRule ToRule() => new(
        For.Trim(),
        Enum.TryParse<ApprovalNeed>(Need, out var need) ? need : ApprovalNeed.None,
        Approvers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
}
