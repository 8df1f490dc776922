using Coordination.Domain.Review;

namespace Coordination.Content;

/// <summary>One small rule about content: what it looks for, and what the order says about it.</summary>
/// <param name="Id">Its name, such as <c>phone</c>; a contract with clients.</param>
/// <param name="Title">What was found, as on screen: "Phone number".</param>
/// <param name="Paragraph">The order's paragraph, such as <c>3.3</c>.</param>
/// <param name="OrderSays">The order's own words.</param>
/// <param name="Advice">What to do now, for the person who writes.</param>
/// <param name="Usual">What its findings do unless Comms has set otherwise.</param>
/// <param name="Asks">What whoever writes is asked, where a reason is asked for.</param>
/// <param name="Find">Finds the places in a text whose quotation marks are straight. Must be quick for any text.</param>
public sealed record ContentRule(
    string Id, string Title, string Paragraph, string OrderSays, string Advice, ContentAct Usual, string Asks, Func<string, ContentFacts, IEnumerable<TextSpan>> Find);
