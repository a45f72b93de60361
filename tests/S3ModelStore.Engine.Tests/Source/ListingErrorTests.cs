using System.Net;
using S3ModelStore.Engine.Errors;
using S3ModelStore.Engine.Selection;
using S3ModelStore.Engine.Source;
using S3ModelStore.Engine.Tests.Download;
using S3ModelStore.Engine.Tests.Source.Transport;
using S3ModelStore.TestServer.Protocol;
using Xunit;

namespace S3ModelStore.Engine.Tests.Source;

/// <summary>Why a source cannot be listed.</summary>
public sealed class ListingErrorTests
{
    [Fact]
    public async Task A_missing_bucket_is_an_error_of_its_own()
    {
        await using var fixture = await EngineFixture.StartAsync();

        var error = await FailAsync(fixture, ModelStoreErrorCode.BucketNotFound, "s3://nowhere/m");

        Assert.Contains("nowhere", error.Message, StringComparison.Ordinal);
        Assert.Equal("NoSuchBucket", error.ServerCode);
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task A_wrong_secret_is_not_tried_twice()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a", 10);
        fixture.Options = fixture.Options with { SecretAccessKey = "wrong" };

        var error = await FailAsync(fixture, ModelStoreErrorCode.InvalidCredentials);

        Assert.Equal("SignatureDoesNotMatch", error.ServerCode);
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task An_unknown_key_id_is_not_tried_twice()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a", 10);
        fixture.Options = fixture.Options with { AccessKeyId = "NOBODY" };

        var error = await FailAsync(fixture, ModelStoreErrorCode.InvalidCredentials);

        Assert.Equal("InvalidAccessKeyId", error.ServerCode);
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task Listing_that_is_denied_is_an_error_also_when_the_object_does_not_exist()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a", 10);
        fixture.Server.Objects.Policy(EngineFixture.Bucket).DenyList = true;

        await FailAsync(fixture, ModelStoreErrorCode.AccessDenied, "s3://models/m");
        await FailAsync(fixture, ModelStoreErrorCode.AccessDenied, "s3://models/m/");
        await FailAsync(fixture, ModelStoreErrorCode.AccessDenied, "s3://models");
    }

    [Fact]
    public async Task An_endpoint_nobody_listens_on_is_given_up_after_three_attempts()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { EndpointUrl = $"http://127.0.0.1:{ProbeTests.FreePort()}", MaxRetries = 1000 };

        var error = await FailAsync(fixture, ModelStoreErrorCode.EndpointUnreachable);

        Assert.Contains(fixture.Options.EndpointUrl, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_service_is_told_from_a_store_and_given_up_after_three_attempts()
    {
        await using var fixture = await EngineFixture.StartAsync();
        // It greets, and waits to be greeted.
        using var server = new ScriptedServer(_ => ScriptedAnswer.Of("SSH-2.0-OpenSSH_9.2\r\n"));
        fixture.Options = fixture.Options with { EndpointUrl = $"http://127.0.0.1:{server.Port}", MaxRetries = 1000 };

        var error = await FailAsync(fixture, ModelStoreErrorCode.ProtocolError);

        Assert.Contains("no valid HTTP, 'SSH-2.0-OpenSSH_9.2", error.Message, StringComparison.Ordinal);
        Assert.Contains("-EndpointUrl", error.Remedy, StringComparison.Ordinal);
        Assert.Equal(3, server.Connections);
    }

    [Fact]
    public async Task A_host_that_does_not_exist_is_unreachable()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { EndpointUrl = "http://no-such-host.invalid" };

        await FailAsync(fixture, ModelStoreErrorCode.EndpointUnreachable);
    }

    [Fact]
    public async Task A_store_that_keeps_failing_is_given_up_with_its_words()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 2 };
        fixture.Put("m/a", 10);
        fixture.Server.Faults.OnList().Always().Status(503);

        var error = await FailAsync(fixture, ModelStoreErrorCode.Throttled);

        Assert.Equal("SlowDown", error.ServerCode);
        Assert.Equal(503, error.StatusCode);
        Assert.Equal(3, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task A_store_that_never_answers_is_a_timeout()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 1, IdleTimeout = TimeSpan.FromMilliseconds(200) };
        fixture.Put("m/a", 10);
        fixture.Server.Faults.OnList().Always().StallBeforeHeaders();

        await FailAsync(fixture, ModelStoreErrorCode.Timeout);

        Assert.Equal(2, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task An_answer_that_is_no_listing_is_no_S3()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        fixture.Put("m/a", 10);
        fixture.Server.Faults.OnList().Always().GarbageXml();

        var error = await FailAsync(fixture, ModelStoreErrorCode.ProtocolError);

        Assert.Contains("-EndpointUrl", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_web_page_is_not_an_empty_source()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Options = fixture.Options with { MaxRetries = 1 };
        fixture.Put("m/a", 10);
        fixture.Server.Faults.OnList().Always().GarbageXml("<html><body>Welcome!</body></html>");

        await FailAsync(fixture, ModelStoreErrorCode.ProtocolError);
    }

    [Fact]
    public async Task An_expired_token_of_static_keys_is_terminal()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a", 10);
        fixture.Server.Faults.OnAny().Always().ExpiredToken();

        var error = await FailAsync(fixture, ModelStoreErrorCode.ExpiredCredentials);

        Assert.Equal(HttpStatusCode.BadRequest, (HttpStatusCode)error.StatusCode);
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    [Fact]
    public async Task Nothing_to_download_is_an_error_unless_it_is_allowed()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a.bin", 10);
        var request = fixture.Request("s3://models/empty");
        using var store = new ModelStore(fixture.Options);

        var error = await Assert.ThrowsAsync<ModelStoreException>(() => store.PlanAsync(request, monitor: null, CancellationToken.None));
        var filtered = await Assert.ThrowsAsync<ModelStoreException>(
            () => store.PlanAsync(fixture.Request() with { Filter = ModelFilter.Create(["*.gguf"], null) }, monitor: null, CancellationToken.None));
        var plan = await store.PlanAsync(request with { AllowEmpty = true }, monitor: null, CancellationToken.None);

        Assert.Equal(ModelStoreErrorCode.NoMatch, error.Code);
        Assert.Equal(ModelStoreErrorCode.NoMatch, filtered.Code);
        Assert.Equal(0, plan.FileCount);
        var (result, _) = await fixture.SaveAsync(request with { AllowEmpty = true });
        Assert.True(result.Success);
        Assert.Empty(result.Files);
        Assert.Equal(0, fixture.Server.Log.RequestsOf(S3Operation.GetObject));
    }

    [Fact]
    public async Task A_listing_that_is_cancelled_is_cancelled()
    {
        await using var fixture = await EngineFixture.StartAsync();
        fixture.Put("m/a", 10);
        using var cancellation = new CancellationTokenSource();
        var rule = fixture.Server.Faults.OnList().Always().StallBeforeHeaders();
        using var store = new ModelStore(fixture.Options);

        var listing = store.ListAsync(S3ModelUri.Parse("s3://models/m"), ModelFilter.All, cancellation.Token).GetAsyncEnumerator();
        var first = listing.MoveNextAsync();
        await rule.Applied;
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await first);
        Assert.Equal(1, fixture.Server.Log.Requests);
    }

    private static async Task<ModelStoreException> FailAsync(EngineFixture fixture, ModelStoreErrorCode code, string source = "s3://models/m")
    {
        var error = await Assert.ThrowsAsync<ModelStoreException>(() => fixture.ListAsync(source));
        Assert.Equal(code, error.Code);
        Assert.NotNull(error.Remedy);
        return error;
    }
}
