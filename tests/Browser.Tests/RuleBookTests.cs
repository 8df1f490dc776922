using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>The editor of the rules about incidents: one changes a rule, sees what that changes, asks; another activates it.</summary>
[Collection(ProductCollection.Name)]
public sealed class RuleBookTests(Product product)
{
    [Theory]
    [MemberData(nameof(Sizes.DeskFirst), MemberType = typeof(Sizes))]
    public async Task Rule_IsChangedByOne_AndActivatedByAnother(bool phone)
    {
        var name = "a silo " + Steps.Mark();
        var page = await product.OpenAsync("/incidents/rules", phone: phone);
        await page.LiveAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the rules…" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Add a rule" }).ClickAsync();
        var form = page.Locator(".rule-form");
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync(name);
        await form.GetByLabel("What is looked at").SelectOptionAsync("type");
        await form.GetByLabel("Type says: words, separated by commas").FillAsync("grain silo, hopper");
        await form.GetByLabel("What is looked at").SelectOptionAsync("all");
        await form.GetByRole(AriaRole.Button, new() { Name = "Add a condition" }).ClickAsync();
        await Expect(form.GetByLabel("What is looked at")).ToHaveCountAsync(3);
        await form.GetByLabel("What is looked at").Last.SelectOptionAsync("pumps");
        await form.GetByLabel("Pumps at least").FillAsync("3");
        await form.GetByLabel("Seconds to object").FillAsync("300");
        await AccessibilityTests.AuditAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the draft" }).ClickAsync();

        // What is missing is said, and nothing of what was typed is lost.
        var draft = page.Locator("[data-draft]");
        await Expect(draft).ToContainTextAsync("It cannot come into force yet");
        await Expect(draft.GetByRole(AriaRole.Button, new() { Name = "Ask to activate" })).ToBeDisabledAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Go on with the draft…" }).ClickAsync();
        await page.Locator("[data-editor] .pad").Filter(new() { HasText = name }).GetByRole(AriaRole.Button, new() { Name = "Change", Exact = true }).ClickAsync();
        await Expect(form.GetByLabel("Pumps at least")).ToHaveValueAsync("3");
        await form.GetByLabel("Why there is such a rule").FillAsync("Silos explode.");
        await form.GetByLabel("Looked at again by").FillAsync("2027-06-30");
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the draft" }).ClickAsync();
        await Expect(draft.Locator("[data-changes]")).ToContainTextAsync(name);
        await AccessibilityTests.AuditAsync(page);
        if (phone)
        {
            Assert.Equal(390, await page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        }

        await draft.GetByLabel("Why").FillAsync("Silos " + name);
        await draft.GetByRole(AriaRole.Button, new() { Name = "Ask to activate" }).ClickAsync();
        await Expect(draft).ToContainTextAsync("A second, different person decides");
        await Expect(draft.GetByRole(AriaRole.Button, new() { Name = "Activate it" })).ToHaveCountAsync(0);

        var second = await product.OpenAsync("/incidents/rules", "sam-demo", phone);
        await second.LiveAsync();
        await Expect(second.Locator("[data-draft] [data-changes]")).ToContainTextAsync(name);
        await second.Locator("[data-draft]").GetByRole(AriaRole.Button, new() { Name = "Activate it" }).ClickAsync();
        await Expect(second.Locator("[data-in-force]")).ToContainTextAsync(name);
        await Expect(second.Locator("[data-draft]")).ToHaveCountAsync(0);
        await Expect(page.Locator("[data-in-force]")).ToContainTextAsync("the type says 'grain silo' or 'hopper'");
        await page.GetByText("What it changed").First.ClickAsync();
        await Expect(page.Locator("details[open]")).ToContainTextAsync(name);
        await second.Context.CloseAsync();
        await page.Context.CloseAsync();
    }
}
