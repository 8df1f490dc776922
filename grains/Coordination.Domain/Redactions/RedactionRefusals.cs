namespace Coordination.Domain.Redactions;

/// <summary>Why content is not erased now, in words; the codes are what the database answers.</summary>
public static class RedactionRefusals
{
    /// <summary>The refusal of a code, which may have a detail behind a colon.</summary>
    public static Refusal Of(string answer)
    {
        var (code, detail) = answer.Split(':', 2) is [var c, var d] ? (c, d) : (answer, "");
        return code switch
        {
            "post-unknown" => new(code, "The account has no such post. Nothing was erased.", RefusalKind.NotFound),
            "post-not-finished" => new(code, "The post has not come to its end: it may still go out, or waits for a person. Nothing was erased. Take it back, or decide about it, first.", RefusalKind.Conflict),
            "post-is-out" => new(code, "The post still stands at its platform, where everybody reads it. Nothing was erased. Have it removed there first; then ask again.", RefusalKind.Conflict),
            "post-in-flight" => new(code, "A call about the post is under way. Nothing was erased. Look again in a moment.", RefusalKind.Conflict),
            "post-of-repeat" => new(code, "The post comes from a repeat that goes on, which would write the same words again. Nothing was erased. Stop the repeat first.", RefusalKind.Conflict),
            "hold-stands" => new(code, $"The hold {detail} stands, and has to do with it. Nothing was erased. Ask again once it is lifted and looked at.", RefusalKind.Conflict),
            "incident-open" => new(code, $"The incident {detail} has a hold that stands, or one that is proposed. Nothing was erased. Ask again once it is over.", RefusalKind.Conflict),
            "kept" => new(code, $"It is kept: {detail}. Nothing was erased. Whoever set the keep has to end it first, on the page Retention.", RefusalKind.Conflict),
            "entry-unknown" => new(code, "The journal has no such entry. Nothing was erased.", RefusalKind.NotFound),
            "entry-erased" => new(code, "The content of this entry was erased before. Nothing was changed.", RefusalKind.Conflict),
            "entry-empty" => new(code, "There is nothing to erase: what it said was erased before. Nothing was changed.", RefusalKind.Conflict),
            "entry-not-redactable" => new(code, "What this entry says also stands in a state beside the journal, so it cannot be erased by itself. Nothing was erased.", RefusalKind.Conflict),
            "message-open" => new(code, "The message waits for a person to decide about it. Nothing was erased. Decide in the inbox first.", RefusalKind.Conflict),
            "message-filed" => new(code, $"What the message said also stands in the file of the incident {detail}, and files cannot be erased. Nothing was erased.", RefusalKind.Conflict),
            "redaction-asked" => new(code, $"It is asked for already, by {detail}. Nothing was changed. Another member of Comms confirms or declines it.", RefusalKind.Conflict),
            "redaction-unknown" => new(code, "There is no such redaction. Nothing was erased.", RefusalKind.NotFound),
            "redaction-over" => new(code, "It does not wait any more: it was confirmed, declined or taken back. Nothing was changed.", RefusalKind.Conflict),
            "redaction-needs-second" => RedactionRules.SecondPerson,
            _ => new("redaction-refused", "The database refused to erase it. Nothing was erased. Tell whoever runs the service.", RefusalKind.Conflict),
        };
    }
}
