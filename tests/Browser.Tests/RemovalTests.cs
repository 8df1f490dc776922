using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Coordination.Browser.Tests;

/// <summary>Comms take a published post off its platform, from its account's page.</summary>
[Collection(ProductCollection.Name)]
public sealed class RemovalTests(Product product)
{
    private const string Account = "x/demo_wmfs_wednesbury";

    [Fact]
    public async Task PublishedPost_IsRemovedForAReason_ByCommsAlone()
    {
        using var manager = await product.Service.ClientAsync("comms-manager");
        var words = $"Doors open at ten ({Steps.Mark()}).";
        await manager.SendAsync($"/api/accounts/{Account}/posts", new { text = words });
        var page = await product.OpenAsync("/accounts/" + Account, "sam-demo");
        var post = page.GetByRole(AriaRole.Article, new() { Name = "Post, Published" }).Filter(new() { HasText = words });
        await Expect(post).ToBeVisibleAsync(new() { Timeout = 20_000 });

        var holder = await product.OpenAsync("/accounts/" + Account, Product.Holder);
        var same = holder.GetByRole(AriaRole.Article).Filter(new() { HasText = words });
        await Expect(same).ToBeVisibleAsync();
        await Expect(same.GetByRole(AriaRole.Button)).ToHaveCountAsync(0);

        await post.GetByRole(AriaRole.Button, new() { Name = "Remove from the platform…" }).ClickAsync();
        await post.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();
        await Expect(post).ToContainTextAsync("Say why in a few words");
        await post.GetByLabel("Why").FillAsync("The wrong street");
        await post.GetByRole(AriaRole.Button, new() { Name = "Remove it" }).ClickAsync();

        var removed = page.GetByRole(AriaRole.Article, new() { Name = "Post, Removed" }).Filter(new() { HasText = words });
        await Expect(removed).ToContainTextAsync("as Sam Demo had asked", new() { Timeout = 20_000 });
        await Expect(removed).ToContainTextAsync("The wrong street");
    }
}
