using Coordination.Dashboard.Composition.Local;
using Microsoft.Extensions.Options;

namespace Coordination.Dashboard.Composition;

/// <summary>Starting and stopping, and what a person reads when a start fails.</summary>
internal static class Startup
{
    /// <summary>Runs the program; a start that cannot go on ends with one clear message instead of a stack trace.</summary>
    public static async Task<int> GuardAsync(Func<Task> program)
    {
        try
        {
            await program();
            return 0;
        }
        catch (Exception exception) when (exception is LocalStartException or OptionsValidationException or HostSettingsException)
        {
            await Console.Error.WriteLineAsync("The service cannot start. " + exception.Message);
            return 2;
        }
        catch (AggregateException many) when (many.InnerExceptions.All(e => e is OptionsValidationException))
        {
            await Console.Error.WriteLineAsync("The service cannot start. " + string.Join(" ", many.InnerExceptions.Select(e => e.Message)));
            return 2;
        }
    }

    /// <summary>Starts what a one-command start needs beside this process; null for a production start.</summary>
    public static async Task<LocalStack?> StartLocalAsync(string[] args)
    {
        if (LocalArguments.Parse(args) is not { } arguments)
        {
            return null;
        }

        using var logging = LoggerFactory.Create(l => l.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        return await LocalStack.StartAsync(arguments, logging);
    }

    /// <summary>Makes the web host's builder. A local start runs from the build's output, wherever it was called from.</summary>
    public static WebApplicationBuilder CreateBuilder(string[] args, LocalStack? local)
    {
        if (local is null)
        {
            return WebApplication.CreateBuilder(args);
        }

        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.WebHost.UseStaticWebAssets();
        local.Configure(builder.Configuration);
        local.AddServices(builder.Services);
        return builder;
    }

    /// <summary>Runs until Ctrl-C. A local start also brings up the other silos and the demo, and says when it is ready.</summary>
    public static async Task RunAsync(this WebApplication app, LocalStack? local)
    {
        await app.StartAsync();
        if (local is not null)
        {
            app.Lifetime.ApplicationStopping.Register(local.LetGo);
            await local.StartSilosAsync();
            if (local.Demo)
            {
                await new DemoData(app.Services, local).PrepareAsync(app.Lifetime.ApplicationStopping);
            }

            await ReadyLine.WaitForBoardAsync(app.Services, app.Lifetime.ApplicationStopping);
            if (local.Sandbox is var (sandbox, _))
            {
                Console.WriteLine($"sandbox network {sandbox.GetLeftPart(UriPartial.Authority)} (what is published appears there)");
            }

            Console.WriteLine($"ready {local.Address}");
        }

        await app.WaitForShutdownAsync();
    }
}

/// <summary>The host's settings are wrong; the message names all faults.</summary>
internal sealed class HostSettingsException(string message) : Exception(message);
