using Coordination.SystemTests.Support;

// One service for all of them: what a test holds, it lifts, and each uses accounts of its own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: AssemblyFixture(typeof(ServiceFixture))]
