using Coordination.Silo.Exports;
using Coordination.Silo.Hosting;
using Coordination.Silo.Retention;
using Coordination.Silo.Secrets;
using Coordination.Silo.Verification;
using Coordination.Storage;
using Coordination.Storage.Migrations;
using Coordination.Storage.Secrets;

if (args is [VerifyExportCommand.Word, .. var files])
{
    return await VerifyExportCommand.RunAsync(files);
}

var builder = WebApplication.CreateBuilder(args);
if (args is [VerifyAnchorsCommand.Word, .. var anchors])
{
    return await VerifyAnchorsCommand.RunAsync(anchors, builder.Configuration);
}

if (args is [SecretsCommand.Word, .. var what])
{
    return await SecretsCommand.RunAsync(what, builder.Configuration);
}

if (args is [RetentionCommand.Word, .. var how])
{
    return await RetentionCommand.RunAsync(how, builder.Configuration);
}

if (args is [VerifyCommand.Word, .. var rest])
{
    return await VerifyCommand.RunAsync(rest, builder.Configuration);
}

var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
var silo = builder.Configuration.GetSection(SiloOptions.Section).Get<SiloOptions>() ?? new SiloOptions();
var secrets = builder.Configuration.GetSection(SecretsOptions.Section).Get<SecretsOptions>() ?? new SecretsOptions();
if (storage.Validate().Concat(silo.Validate()).Concat(secrets.Validate()).ToArray() is { Length: > 0 } faults)
{
    await Console.Error.WriteLineAsync("The silo cannot start:\n  " + string.Join("\n  ", faults));
    return 2;
}

if (args.Contains("--migrate", StringComparer.Ordinal))
{
    using var logging = LoggerFactory.Create(l => l.AddConsole());
    await Migrator.MigrateAsync(storage.ConnectionString, logging.CreateLogger("Migration"));
    return 0;
}

builder.Services.AddSingleton(storage);
builder.Services.AddCoordinationStorage();
builder.Services.AddSecrets(builder.Configuration);
builder.AddCoordinationSilo(silo);
builder.Services.AddHealthChecks().AddCheck<StorageCheck>("storage");
if (args.Contains("--exit-with-parent", StringComparer.Ordinal))
{
    builder.Services.AddHostedService<ParentWatch>();
}

var app = builder.Build();
app.MapHealthChecks("/health/live", new() { Predicate = _ => false });
app.MapHealthChecks("/health/ready");
await app.RunAsync();
return 0;
