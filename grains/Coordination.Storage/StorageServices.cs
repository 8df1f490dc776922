using Coordination.Storage.Accounts;
using Coordination.Storage.Anchors;
using Coordination.Storage.Desk;
using Coordination.Storage.Drafts;
using Coordination.Storage.Exercises;
using Coordination.Storage.Exports;
using Coordination.Storage.Fence;
using Coordination.Storage.Incidents;
using Coordination.Storage.Journal;
using Coordination.Storage.Media;
using Coordination.Storage.Notices;
using Coordination.Storage.OffSystem;
using Coordination.Storage.Operations;
using Coordination.Storage.People;
using Coordination.Storage.People.BreakGlass;
using Coordination.Storage.People.Sessions;
using Coordination.Storage.Prepared;
using Coordination.Storage.ReadModel;
using Coordination.Storage.Redactions;
using Coordination.Storage.Repeats;
using Coordination.Storage.Retention;
using Coordination.Storage.Review;
using Coordination.Storage.Scopes;
using Coordination.Storage.SignIns;
using Coordination.Storage.Slots;
using Coordination.Storage.Templates;
using Coordination.Storage.Verification;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Coordination.Storage;

/// <summary>Registers the storage.</summary>
public static class StorageServices
{
    /// <summary>Adds pools, fence, readers and the hold board. <see cref="StorageOptions"/> must be registered by the host.</summary>
    public static IServiceCollection AddCoordinationStorage(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<CoordinationDatabase>();
        services.AddSingleton<IFence, FenceClient>();
        services.AddSingleton<AccountCommitter>();
        services.AddSingleton<DueScanner>();
        services.AddSingleton<CounterChecks>();
        services.AddSingleton<ICounterChecks>(provider => provider.GetRequiredService<CounterChecks>());
        services.AddSingleton<PostFigureStore>();
        services.AddSingleton<IPostFigureReader>(provider => provider.GetRequiredService<PostFigureStore>());
        services.AddSingleton<SignInChecks>();
        services.AddSingleton<ISignInReader>(provider => provider.GetRequiredService<SignInChecks>());
        services.AddSingleton<IStoredSignIns, StoredSignIns>();
        services.AddSingleton<RateWaits>();
        services.AddSingleton<IRateReader>(provider => provider.GetRequiredService<RateWaits>());
        services.AddSingleton<QueueReader>();
        services.AddSingleton<IQueueReader>(provider => provider.GetRequiredService<QueueReader>());
        services.AddSingleton<OffSystemTurns>();
        services.AddSingleton<IOffSystemReader, OffSystemReader>();
        services.AddSingleton<IAccountReader, AccountReader>();
        services.AddSingleton<IPostReader, PostReader>();
        services.AddSingleton<ICorrectionReader, CorrectionReader>();
        services.AddSingleton<IHoldReader, HoldReader>();
        services.AddSingleton<IJournalReader, JournalReader>();
        services.AddSingleton<AnchorSource>();
        services.AddSingleton<IJournalSearch, JournalSearch>();
        services.AddSingleton<IReadingRecord, ReadingRecord>();
        services.AddSingleton<IPostLifeReader, PostLifeReader>();
        services.AddSingleton<IExportSource, ExportSources>();
        services.AddSingleton<IExportStore, ExportStore>();
        services.AddSingleton<IRedactionStore, RedactionStore>();
        services.AddSingleton<IRetentionStore, RetentionStore>();
        services.AddSingleton<IRetentionSweep, RetentionSweep>();
        services.AddSingleton<IStaffStore, StaffStore>();
        services.AddSingleton<IApiClientStore, ApiClientStore>();
        services.AddSingleton<IIdentityStore, IdentityStore>();
        services.AddSingleton<IBreakGlassStore, BreakGlassStore>();
        services.AddSingleton<ISessionStore, SessionStore>();
        services.AddSingleton<IStaffRegister, StaffRegister>();
        services.AddSingleton<IDeputyRegister, DeputyRegister>();
        services.AddSingleton<IIncidentStore, IncidentStore>();
        services.AddSingleton<IIncidentInbox, IncidentInbox>();
        services.AddSingleton<IIncidentFiles, IncidentFiles>();
        services.AddSingleton<ITakeoverStore, TakeoverStore>();
        services.AddSingleton<IAgreedLineStore, AgreedLineStore>();
        services.AddSingleton<IRuleBookStore, RuleBookStore>();
        services.AddSingleton<IExerciseLines, ExerciseLines>();
        services.AddSingleton<IExerciseQueue, ExerciseQueue>();
        services.AddSingleton<IAlertFeeds, AlertFeeds>();
        services.AddSingleton<IReplayStore, ReplayStore>();
        services.AddSingleton<INoticeQueue, NoticeQueue>();
        services.AddSingleton<INoticeReader, NoticeReader>();
        services.AddSingleton<IWebhookQueue, WebhookQueue>();
        services.AddSingleton<IWebhookReader, WebhookReader>();
        services.AddSingleton<IOperationStore, OperationStore>();
        services.AddSingleton<ISavedScopeStore, SavedScopeStore>();
        services.AddSingleton<ITemplateStore, TemplateStore>();
        services.AddSingleton<IRuleBook, RuleBook>();
        services.AddSingleton<IDeskRecords, DeskRecords>();
        services.AddSingleton<IContactReader, ContactReader>();
        services.AddSingleton<IRepeatStore, RepeatStore>();
        services.AddSingleton<IQueueSlotStore, QueueSlotStore>();
        services.AddSingleton<IDraftStore, DraftStore>();
        services.AddSingleton<IMediaStore, MediaStore>();
        services.AddSingleton<IPreparedStore, PreparedStore>();
        services.AddSingleton<ICalendarFeedStore, CalendarFeedStore>();
        services.AddSingleton<IVerifier>(provider => new Verifier(
            provider.GetRequiredService<CoordinationDatabase>().ConnectionString, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<HoldBoard>();
        services.AddSingleton<IHoldBoard>(provider => provider.GetRequiredService<HoldBoard>());
        services.AddHostedService(provider => provider.GetRequiredService<HoldBoard>());
        services.AddHostedService<HoldEnder>();
        services.AddHostedService<StaffEnder>();
        return services;
    }
}
