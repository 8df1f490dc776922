namespace Coordination.Domain.People;

/// <summary>Why a permission belongs to whom it belongs: the words beside each row of <see cref="PermissionMatrix"/>.</summary>
/// <param name="Doing">What it lets one do, as in "may not ...".</param>
/// <param name="Paragraph">The paragraph of order 01/25 that it comes from; null where the order says nothing and the service needs it.</param>
/// <param name="Because">Why these roles and no others, in plain words.</param>
public sealed record PermissionGround(string Doing, string? Paragraph, string Because);

/// <summary>The ground of each permission.</summary>
public static class PermissionGrounds
{
    /// <summary>The ground of a permission.</summary>
    public static PermissionGround Of(Permission permission) => permission switch
    {
        Permission.ReadGuide => new("read the guide", "2", "The order's principles are for all staff, Fire Authority members and volunteers; advice on them is Comms'."),
        Permission.Read => new("look at accounts, posts and holds", "1", "Staff are to be involved; who plans a post sees what else is planned, and whether a hold stands."),
        Permission.ReadJournal => new("read the journal", "4", "Monitoring is for staff who are authorised to do so: Comms, and those who audit it."),
        Permission.PublishLocal => new("schedule, change or cancel posts on local accounts", "3.1", "A station's or department's account is written by who holds it; Comms may help out anywhere."),
        Permission.PublishCorporate => new("schedule, change or cancel posts on corporate accounts", "3.1", "FDS officers and Fire Control update official accounts in line with their duties at incidents; everything else is Comms'."),
        Permission.PlaceHold => new("place a hold", "2.1", "At major or unusual incidents Comms may coordinate centrally; FDS officers and Fire Control are there first, and name the incident."),
        Permission.PlaceHoldWithoutIncident => new("place a hold without an incident", "2.1", "Content that is a risk to the brigade, a person or the community is for Comms to stop, whatever the cause."),
        Permission.LiftHold => new("lift a hold", "2.1", "Stopping is quick and for many, starting again is slow and for who answers for it. A declared major incident needs a second person of Comms."),
        Permission.ConfirmLift => new("confirm or decline the lift of a hold", "2.1", "The second person of Comms, where two are asked; never the one who asked."),
        Permission.ReviewHold => new("move the review of a hold", "2.1", "Who coordinates says when it is looked at again."),
        Permission.ManageScopes => new("save or remove scopes", "2.1", "Sets of accounts that Comms prepares for the day on which there is no time to choose."),
        Permission.ManageTemplates => new("save or remove templates", "2", "Advice on what to say is Comms'."),
        Permission.HandBack => new("decide about posts in the hand-back list", "2.1", "What a hold stopped goes out only if Comms finds that it still may."),
        Permission.ApprovePost => new("approve a post", "3.1", "Where the order asks for Comms' agreement, Comms gives it; never the one who wrote the post."),
        Permission.ManageRules => new("set the publishing rules, or draft the rules about incidents", "3.3", "What staff must be mindful of is in the order; how strict the service is about it is for who answers for Comms."),
        Permission.ConfirmRules => new("make a draft of the rules about incidents the version in force", "2.1", "Rules take accounts over by themselves: a second person of Comms looks at them first."),
        Permission.RemovePost => new("remove a published post", "2.1", "Comms may remove content that poses a risk to the brigade, an individual or the community."),
        Permission.ManageAccounts => new("change accounts", "3.1", "No account is created, renamed or deleted without the approval of Comms; names, pictures and contacts are in its record."),
        Permission.ManageRota => new("set the duty rota", "3.1", "Out of hours one contacts Comms: who that is, is Comms' to say."),
        Permission.ReadStaff => new("see the staff directory", "4", "Who had which rights, and when, is part of the record: for Comms, and those who audit it."),
        Permission.ManageStaff => new("change the staff directory", "3.1", "Who updates an account is Comms' to say, and ends with their duties. Never one's own entry: two people are needed to give a right."),
        Permission.ReportIncident => new("report an incident", "2.1", "Fire Control knows first. A report may take accounts over, so few may make one."),
        Permission.ReadIncidents => new("see reports of incidents and what was made of them", "2.1", "For those who act on them, and those who audit it; they may name people who are hurt."),
        Permission.DecideTakeover => new("veto what a rule proposes, or bring it forward", "2.1", "Central coordination is Comms' decision, also when a rule proposes it."),
        Permission.ManageBreakGlass => new("give or take back break-glass accounts", "2.1", "Central coordination must not wait for a sign-in service that is down; who may come in another way is for who answers for Comms."),
        Permission.SeeBreakGlass => new("say that the use of a break-glass account was seen", "2.1", "Each use is looked at by somebody else of Comms: a way around the usual sign-in is never a private one."),
        Permission.ManageClients => new("make or change API clients", "3.1", "Access is for one’s duties. A token acts without a person at the screen: who answers for Comms says which programs have one, and what each may do."),
        Permission.Redact => new("ask for content of the record to be erased", "4", "The record holds what people wrote, and some of it may not be kept. Erasing destroys evidence: who answers for Comms asks, with the legal ground."),
        Permission.ConfirmRedaction => new("confirm or decline that content is erased", "4", "The second person of Comms: nobody erases anything alone."),
        Permission.ManageRetention => new("say how long data is kept", "4", "Data is kept no longer than it is needed, and evidence no shorter: who answers for Comms says so, within bounds."),
        Permission.Operate => new("record what became of posts and holds", null, "The service's own work. No person has it."),
        _ => throw new ArgumentOutOfRangeException(nameof(permission), permission, "It has no ground."),
    };
}
