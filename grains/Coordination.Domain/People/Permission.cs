using System.Text.Json.Serialization;

namespace Coordination.Domain.People;

/// <summary>One thing that somebody may or may not do.</summary>
/// <remarks>It travels and is stored by its name: a number would become another permission when one is added.</remarks>
[JsonConverter(typeof(JsonStringEnumConverter<Permission>))]
public enum Permission
{
    /// <summary>Read the guide, and see one's own page.</summary>
    ReadGuide,

    /// <summary>See accounts, posts, holds and the board.</summary>
    Read,

    /// <summary>Read the journal.</summary>
    ReadJournal,

    /// <summary>Schedule, change and cancel posts on local accounts.</summary>
    PublishLocal,

    /// <summary>Schedule, change and cancel posts on corporate accounts (3.1).</summary>
    PublishCorporate,

    /// <summary>See what a hold would cover, and place one.</summary>
    PlaceHold,

    /// <summary>Place a hold without naming an incident.</summary>
    PlaceHoldWithoutIncident,

    /// <summary>Lift a hold; one from a declared major incident only together with somebody else of Comms.</summary>
    LiftHold,

    /// <summary>Be the second who confirms, or declines, what another has asked: the lift of a hold from a declared major incident.</summary>
    ConfirmLift,

    /// <summary>Move the time at which a hold is looked at again.</summary>
    ReviewHold,

    /// <summary>Save scopes under names, change and remove them.</summary>
    ManageScopes,

    /// <summary>Save templates, change and remove them.</summary>
    ManageTemplates,

    /// <summary>Decide about posts that a hold or their lateness stopped.</summary>
    HandBack,

    /// <summary>Approve any post: where a hold asks for it, or where a rule does.</summary>
    ApprovePost,

    /// <summary>Set the publishing rules: what findings do, and who approves what.</summary>
    ManageRules,

    /// <summary>Be the second who makes a draft of the rules about incidents the version in force, or declines it.</summary>
    ConfirmRules,

    /// <summary>Remove a published post (2.1).</summary>
    RemovePost,

    /// <summary>Create, change, connect and retire accounts (3.1).</summary>
    ManageAccounts,

    /// <summary>Set the rota of who is on duty out of hours (3.1).</summary>
    ManageRota,

    /// <summary>See the staff directory.</summary>
    ReadStaff,

    /// <summary>Change the staff directory: who has which role and accounts, from when and until when. Nobody their own.</summary>
    ManageStaff,

    /// <summary>Report an incident to the service.</summary>
    ReportIncident,

    /// <summary>See the messages that other systems sent about incidents, and what was made of them.</summary>
    ReadIncidents,

    /// <summary>Object to what a rule proposes, bring it forward, end the shadow hold of an exercise.</summary>
    DecideTakeover,

    /// <summary>Give and take back accounts for the day on which the identity provider is away.</summary>
    ManageBreakGlass,

    /// <summary>Say that the use of such an account was seen.</summary>
    SeeBreakGlass,

    /// <summary>Make API clients and their tokens, and end them.</summary>
    ManageClients,

    /// <summary>Ask for content of the record to be erased.</summary>
    Redact,

    /// <summary>Be the second who confirms, or declines, that content is erased.</summary>
    ConfirmRedaction,

    /// <summary>Say how long each kind of data is kept, and what is kept whatever its age.</summary>
    ManageRetention,

    /// <summary>Record what became of a post, acknowledge holds: the service's own work.</summary>
    Operate,
}
