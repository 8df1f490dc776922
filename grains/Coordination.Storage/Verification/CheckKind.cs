namespace Coordination.Storage.Verification;

/// <summary>The checks of a verification, in the order in which they are told.</summary>
public enum CheckKind
{
    /// <summary>Each stream's numbers, hashes and order of sequence numbers.</summary>
    Chains,

    /// <summary>Each account's stored state against the fold of its journal (G4).</summary>
    States,

    /// <summary>Each account's row in the read model against the fold.</summary>
    Accounts,

    /// <summary>The history of labels against the journal.</summary>
    Labels,

    /// <summary>Each post's row in the read model, and what holds stopped, against the fold.</summary>
    Posts,

    /// <summary>Each post has one end, or waits where somebody sees it (G2).</summary>
    Ends,

    /// <summary>Each hold's row against its journal.</summary>
    Holds,

    /// <summary>No permit lies inside a hold that covered its account and did not let it through (G1).</summary>
    Permits,

    /// <summary>Each permit and each outcome has its journal entry, and the other way round (G4).</summary>
    PermitEntries,

    /// <summary>No post was sent twice (G3).</summary>
    SentOnce,

    /// <summary>Each receipt is of a hold that covered its account, and has its entry.</summary>
    Receipts,

    /// <summary>Each off-system post has its entry, and the other way round.</summary>
    OffSystem,

    /// <summary>Each saved scope is what was saved last.</summary>
    SavedScopes,

    /// <summary>Each template is what was saved last.</summary>
    Templates,

    /// <summary>The publishing rules are what was set last.</summary>
    Rules,

    /// <summary>Each image is what it was named for, and each post's images are there.</summary>
    Images,

    /// <summary>Each task, shift and request is what was recorded last.</summary>
    Desk,

    /// <summary>Each repeat, and each of its dates, is what its journal says.</summary>
    Repeats,

    /// <summary>The queue slots of each account are what was set last.</summary>
    QueueSlots,

    /// <summary>Each incident report, takeover, agreed line and version of the rules about incidents is what its journal says.</summary>
    Incidents,

    /// <summary>Each message about a hold, to a person or a webhook, is where its journal says.</summary>
    Notices,

    /// <summary>Whatever content was erased, a redaction by two people says so.</summary>
    Redactions,

    /// <summary>The database's own opinion about permits inside holds agrees.</summary>
    DatabaseView,
}

/// <summary>Ids and words of the checks.</summary>
public static class CheckKinds
{
    /// <summary>The id, as in JSON.</summary>
    public static string Id(this CheckKind kind) => kind switch
    {
        CheckKind.Chains => "chains",
        CheckKind.States => "states",
        CheckKind.Accounts => "accounts",
        CheckKind.Labels => "labels",
        CheckKind.Posts => "posts",
        CheckKind.Ends => "ends",
        CheckKind.Holds => "holds",
        CheckKind.Permits => "permits",
        CheckKind.PermitEntries => "permit-entries",
        CheckKind.SentOnce => "sent-once",
        CheckKind.Receipts => "receipts",
        CheckKind.OffSystem => "off-system",
        CheckKind.SavedScopes => "saved-scopes",
        CheckKind.Templates => "templates",
        CheckKind.Rules => "rules",
        CheckKind.Images => "images",
        CheckKind.Desk => "desk",
        CheckKind.Repeats => "repeats",
        CheckKind.QueueSlots => "queue-slots",
        CheckKind.Incidents => "incidents",
        CheckKind.Notices => "notices",
        CheckKind.Redactions => "redactions",
        CheckKind.DatabaseView => "database-view",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such check."),
    };

    /// <summary>What it shows when it finds nothing, for people.</summary>
    public static string Claim(this CheckKind kind) => kind switch
    {
        CheckKind.Chains => "The journal is whole: no entry is missing, changed or out of order",
        CheckKind.States => "Each account is what its journal makes of it",
        CheckKind.Accounts => "The board shows each account as its journal has it",
        CheckKind.Labels => "Each account's labels changed when its journal says so",
        CheckKind.Posts => "Each post on screen is what the journal makes of it",
        CheckKind.Ends => "Each post has one end, or waits where somebody sees it",
        CheckKind.Holds => "Each hold is what was placed and lifted",
        CheckKind.Permits => "Nothing was allowed out under a hold that did not let it through",
        CheckKind.PermitEntries => "Each permission to send, and what became of it, is in the journal",
        CheckKind.SentOnce => "No post was sent twice",
        CheckKind.Receipts => "Each receipt is of a hold that covered its account",
        CheckKind.OffSystem => "Each off-system post on screen is in the journal",
        CheckKind.SavedScopes => "Each saved scope is what was saved last",
        CheckKind.Templates => "Each template is what was saved last",
        CheckKind.Rules => "The publishing rules are what Comms set last",
        CheckKind.Images => "Each image is the one that was kept under its name, and no post has lost one",
        CheckKind.Desk => "Each task, shift and request is what was recorded last",
        CheckKind.Repeats => "Each repeat, and what became of its dates, is in the journal",
        CheckKind.QueueSlots => "The queue slots of each account are what was set last",
        CheckKind.Incidents => "Each incident report, takeover, agreed line and version of the rules about incidents is in the journal, and no exercise holds an account",
        CheckKind.Notices => "Each message that told somebody of a hold is where the journal says",
        CheckKind.Redactions => "Whatever content was erased, two people erased it, and the journal says on which ground",
        CheckKind.DatabaseView => "The database's own list of permits inside holds agrees",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such check."),
    };

    /// <summary>What it counts.</summary>
    public static string Unit(this CheckKind kind) => kind switch
    {
        CheckKind.Chains => "entries",
        CheckKind.States or CheckKind.Accounts => "accounts",
        CheckKind.Labels => "changes of labels",
        CheckKind.Posts or CheckKind.Ends or CheckKind.SentOnce => "posts",
        CheckKind.Holds => "holds",
        CheckKind.Permits or CheckKind.PermitEntries => "permits",
        CheckKind.Receipts => "receipts",
        CheckKind.OffSystem => "off-system posts",
        CheckKind.SavedScopes => "saved scopes",
        CheckKind.Templates => "templates",
        CheckKind.Rules => "sets of rules",
        CheckKind.Images => "images",
        CheckKind.Desk => "tasks, shifts and requests",
        CheckKind.Repeats => "repeats",
        CheckKind.QueueSlots => "accounts with slots",
        CheckKind.Incidents => "reports, takeovers, lines and versions",
        CheckKind.Notices => "messages about holds",
        CheckKind.Redactions => "erased entries",
        CheckKind.DatabaseView => "permits inside holds",
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such check."),
    };
}
