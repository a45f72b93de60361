using Xunit;

namespace S3ModelStore.Engine.Tests;

/// <summary>Tests that change what the whole process shares, such as environment variables: nothing else runs meanwhile.</summary>
[CollectionDefinition(nameof(ProcessWide), DisableParallelization = true)]
public sealed class ProcessWide;
