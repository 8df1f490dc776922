using Coordination.Content.Rules;
using static Coordination.Domain.Review.ContentAct;

namespace Coordination.Content;

/// <summary>The rules, each with its paragraph of order 01/25.</summary>
internal static class ContentRules
{
    private const string Victims = "Incident victims should not be identified (directly or indirectly) without prior consent.";
    private const string Sensitive = "Staff must be mindful not to disclose or comment on any confidential or sensitive information, including financial or commercial, relating to WMFS, its partners or suppliers.";
    private const string Defamatory = "Staff must be mindful not to originate or share content which might be defamatory or otherwise inappropriate (e.g. which might compromise a police investigation or court case).";
    private const string Abusive = "Staff must be mindful not to post content which could be deemed discriminatory, unlawful, abusive, obscene or harmful.";
    private const string Quarrel = "Staff must be mindful not to criticise or argue with colleagues, stakeholders, partners or the wider public.";
    private const string Copyright = "Staff must be mindful not to post any information or content that is copyright protected, without the permission of the copyright owner.";
    private const string Harmful = "This includes sharing, repeating or posting links to such content.";

    public static IReadOnlyList<ContentRule> All { get; } =
    [
        new("person", "A person is named or can be recognised", "3.3", Victims, "Leave out who it is, or write down whose consent you have. Our own staff in their role and people in office may be named.", Reason, "Whose consent do you have, who asked for it, and when?", PersonRule.Find),
        new("address", "Somebody's address", "3.3", Victims, "Name the street or the area, not the house.", Reason, "Why does the address have to be in it, and who agreed to that?", AddressRule.Find),
        new("postcode", "A whole postcode", "3.3", Victims, "The first half is enough: it names an area, the whole of it a few houses.", Reason, "Why does the whole postcode have to be in it, and whose is it?", PostcodeRule.Find),
        new("phone", "A phone number", "3.3", Sensitive, "Is it meant for everybody? Use a number of the brigade's, or ask people to write to the account.", Warn, "Whose number is it, and is it meant for everybody?", PhoneRule.Find),
        new("email", "Somebody's email address", "3.3", Sensitive, "Use an address of the brigade's that belongs to a role.", Reason, "Whose address is it, and did they agree?", EmailRule.Find),
        new("vehicle-registration", "A vehicle's registration", "3.3", Victims, "Leave it out: make and colour are enough, in pictures too.", Reason, "Why does the registration have to be in it, and who agreed to that?", VehicleRule.Find),
        new("nhs-number", "An NHS number", "3.3", Sensitive, "Leave it out. Whoever lost something can tell you the number.", Comms, "Why does the number have to be in it?", NhsRule.Find),
        new("national-insurance", "A National Insurance number", "3.3", Sensitive, "Leave it out. Whoever lost something can tell you the number.", Comms, "Why does the number have to be in it?", NationalInsuranceRule.Find),
        new("abusive", "A word that can offend", "3.3", Abusive, "Say it without.", Comms, "Why can it not be said otherwise?", AbusiveRule.Find),
        new("care-word", "Death, grave injury, arson, or a child", "3.3", Victims, "Has the family been told, and do the police agree? If in any doubt, ask Comms.", Reason, "Has the family been told, do the police agree, and who said so?", CareRule.Find),
        new("legal", "A court case or a police investigation", "3.3", Defamatory, "Say what the brigade did, and nothing of who did what or why. Ask Comms.", Comms, "What did the police or the court agree to, and who said so?", LegalRule.Find),
        new("confidential", "The brigade's or a supplier's own business", "3.3", Sensitive, "Is it public already? If not, leave it out.", Reason, "Where is it public already, or who agreed to make it so?", ConfidentialRule.Find),
        new("criticism", "Criticism or a quarrel", "3.3", Quarrel, "Would you say it to them, in uniform, before everybody? If something troubles you, tell Comms.", Reason, "Who has read it for the brigade, and why should it be said?", CriticismRule.Find),
        new("discrimination", "It may make less of some people", "3.3", Abusive, "Say it so that nobody is laughed at for what they are.", Comms, "Why can it not be said otherwise?", DiscriminationRule.Find),
        new("copyright", "Somebody else's work", "3.3", Copyright, "Ask the owner, and name them; or use a picture of the brigade's.", Reason, "Whose work is it, and what did they permit?", CopyrightRule.Find),
        new("link", "A link that hides where it leads", "3.3", Harmful, "Give the real address. If it looks like one you know and is not, do not open it: tell Comms.", Reason, "Where does the link lead, and have you opened it?", LinkRule.Find),
    ];
}
