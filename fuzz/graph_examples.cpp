#include "fuzz/graph_examples.h"

namespace fuzz {
namespace {

// The ids are made up. Call, participants and operations belong together, so that notifications that are put into one
// batch have something to do with each other.
constexpr std::string_view kNotifications[] =
    {
        // An incoming call with all that is known of one.
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"created","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceData":{"@odata.type":"#microsoft.graph.call","@odata.id":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","@odata.etag":"W/\"5445\"","id":"5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","state":"incoming","direction":"incoming","callbackUri":"https://bot.example.com/api/calls","subject":"Weekly sync","source":{"@odata.type":"#microsoft.graph.participantInfo","identity":{"@odata.type":"#microsoft.graph.identitySet","user":{"@odata.type":"#microsoft.graph.identity","id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93","displayName":"Ada Brook","tenantId":"6d2f7b1e-90c4-4a57-8c39-1f5be0a7d311","identityProvider":"AAD"},"phone":{"@odata.type":"#microsoft.graph.identity","id":"+12065550142"}},"endpointType":"default","region":"emea","languageId":"en-US","countryCode":"GB","participantId":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a"},"targets":[{"@odata.type":"#microsoft.graph.invitationParticipantInfo","identity":{"@odata.type":"#microsoft.graph.identitySet","application":{"@odata.type":"#microsoft.graph.identity","id":"3f0c9a3e-55a1-4d0b-9a57-0c7e1b6d2f48","displayName":"Rollcall Bot"},"applicationInstance":{"id":"7a2b94d5-0e3c-4f81-b6d7-5c19e8f2a034"}},"replacesCallId":null,"hidden":false,"removeFromDefaultAudioRoutingGroup":false}],"requestedModalities":["audio","video"],"tenantId":"6d2f7b1e-90c4-4a57-8c39-1f5be0a7d311","callChainId":"c4a29d19-b015-4926-b731-a0fab9317584","incomingContext":{"sourceParticipantId":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a","observedParticipantId":null,"onBehalfOf":{"user":{"id":"9e13a7c4-26d8-4b5f-8170-f4b2d96c03e5"}},"transferor":{"user":{"id":"b6084e2d-71f5-4a9c-93be-05d7c8a1f62b"}}},"callRoutes":[{"routingType":"forwarded","original":{"user":{"id":"9e13a7c4-26d8-4b5f-8170-f4b2d96c03e5"}},"final":{"application":{"id":"3f0c9a3e-55a1-4d0b-9a57-0c7e1b6d2f48"}}}],"meetingInfo":{"@odata.type":"#microsoft.graph.organizerMeetingInfo","allowConversationWithoutHost":true,"organizer":{"user":{"id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93"}}},"ringingTimeoutInSeconds":60}})",
        // A call's state, its tone, its media, its meeting.
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceData":{"@odata.type":"#microsoft.graph.call","state":"established","mediaState":{"@odata.type":"#microsoft.graph.callMediaState","audio":"active"},"toneInfo":{"@odata.type":"#microsoft.graph.toneInfo","sequenceId":1,"tone":"tone5"},"chatInfo":{"@odata.type":"#microsoft.graph.chatInfo","threadId":"19:meeting_0bea8fce9b964923@thread.v2","messageId":"0","replyChainMessageId":null},"meetingInfo":{"@odata.type":"#microsoft.graph.joinMeetingIdMeetingInfo","joinMeetingId":"123456789","passcode":null},"transcription":{"@odata.type":"#microsoft.graph.callTranscriptionInfo","state":"active","lastModifiedDateTime":"2026-03-05T10:11:12.1234567Z"},"callOptions":{"@odata.type":"#microsoft.graph.outgoingCallOptions","isDeltaRosterEnabled":true,"isContentSharingNotificationEnabled":true,"hideBotAfterEscalation":true},"mediaConfig":{"@odata.type":"#microsoft.graph.appHostedMediaConfig","blob":"AAAA"},"activeModalities":["audio"],"answeredBy":null,"myParticipantId":"6503df27-b25d-4523-9f3c-7c366ba1278c","callChainId":"c4a29d19-b015-4926-b731-a0fab9317584"}})",
        // The end of a call, and the shortest one.
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceData":{"@odata.type":"#microsoft.graph.call","@odata.etag":"W/\"5445\"","id":"5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","state":"terminated","terminationReason":"CallTerminated","resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":200,"subcode":5002,"message":"Remote participant hung up. DiagCode: 200#5002.@"}}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceData":{"@odata.type":"#microsoft.graph.call","id":"5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26"}})",
        // The roster, a change of the roster, an empty roster.
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/participants","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/participants","resourceData":[{"@odata.type":"#microsoft.graph.participant","@odata.id":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/participants/8D40C2F75B1E4C699A83E27F06D1B54A","@odata.etag":"W/\"51\"","id":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a","info":{"@odata.type":"#microsoft.graph.participantInfo","identity":{"@odata.type":"#microsoft.graph.identitySet","user":{"@odata.type":"#microsoft.graph.identity","id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93","displayName":"Ada Brook","tenantId":"6d2f7b1e-90c4-4a57-8c39-1f5be0a7d311","identityProvider":"AAD"},"guest":{"id":"28:2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93","displayName":"Guest"}},"endpointType":"default","languageId":"en-US","region":"emea","countryCode":"GB","platformId":"1415"},"mediaStreams":[{"@odata.type":"#microsoft.graph.mediaStream","mediaType":"audio","label":"main-audio","sourceId":"1","direction":"sendReceive","serverMuted":false},{"mediaType":"videoBasedScreenSharing","label":"applicationsharing-video","sourceId":"4294967295","direction":"receiveOnly","serverMuted":false}],"isMuted":false,"isInLobby":false,"isIdentityAnonymized":false,"metadata":"{\"k\":\"v\"}","recordingInfo":{"@odata.type":"#microsoft.graph.recordingInfo","recordingStatus":"notRecording","initiatedBy":null},"rosterSequenceNumber":1,"removedState":null,"restrictedExperience":{"videoDisabled":"watermarkProtection"},"publishedStates":[{"type":"raisedHands"}],"meetingRole":"organizer","preferredDisplayName":"Ada"}]})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/participants","resourceData":{"@odata.type":"#microsoft.graph.deltaParticipants","sequenceNumber":2,"participants":[{"@odata.type":"#microsoft.graph.participant","id":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a","isMuted":true,"isInLobby":false,"rosterSequenceNumber":2,"removedState":{"@odata.type":"#microsoft.graph.removedState","reason":"Removed"},"info":{"identity":{"user":{"id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93","displayName":"Ada Brook"}}},"mediaStreams":[]}]}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/participants","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/participants","resourceData":[]})",
        // Operations: an invitation that succeeded, one that failed, a prompt, a recording, tones, one that still runs.
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resource":"/app/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5","resourceData":{"@odata.type":"#microsoft.graph.inviteParticipantsOperation","@odata.id":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5","@odata.etag":"W/\"54451\"","id":"0fe0623f-d628-42ed-b4bd-8ac290072cc5","clientContext":"f2fa86af-3c51-4bc2-8bdc-0ed4d4c4ee16","status":"completed","createdDateTime":"2026-03-05T10:11:12Z","lastActionDateTime":"2026-03-05T10:11:13Z","resultInfo":{"@odata.type":"#microsoft.graph.resultInfo","code":200,"subcode":0,"message":null},"participants":[{"@odata.type":"#microsoft.graph.invitationParticipantInfo","identity":{"user":{"id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93","displayName":"Ada Brook"}},"participantId":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a","replacesCallId":"/app/calls/b6084e2d71f54a9c93be05d7c8a1f62b","endpointType":null}]}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/0fe0623f-d628-42ed-b4bd-8ac290072cc5","resourceData":{"@odata.type":"#microsoft.graph.inviteParticipantsOperation","id":"0fe0623f-d628-42ed-b4bd-8ac290072cc5","clientContext":"f2fa86af-3c51-4bc2-8bdc-0ed4d4c4ee16","status":"failed","resultInfo":{"code":"500","subCode":"5201","message":"code=580 subcode=5201"}}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/1b74ce90-5a2d-4e38-9f06-d3c18b7e52a4","resourceData":{"@odata.type":"#microsoft.graph.playPromptOperation","id":"1b74ce90-5a2d-4e38-9f06-d3c18b7e52a4","clientContext":"d45324c1-fcb5-430a-902c-f20af696537c","status":"completed","completionReason":"completedSuccessfully","prompts":[{"@odata.type":"#microsoft.graph.mediaPrompt","mediaInfo":{"@odata.type":"#microsoft.graph.mediaInfo","uri":"https://bot.example.com/beep.wav","resourceId":"1d6de2d4-cd51-4309-8daa-70768651088e"},"loop":1}],"resultInfo":{"code":400,"subcode":8508}}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/e6a05d83-47bc-4219-8e70-2fd9c4b1360a","resourceData":{"@odata.type":"#microsoft.graph.recordOperation","id":"e6a05d83-47bc-4219-8e70-2fd9c4b1360a","clientContext":"d45324c1-fcb5-430a-902c-f20af696537c","status":"completed","recordingLocation":"https://file.example.com/r/1","recordingAccessToken":"token","completionReason":"stopToneDetected","resultInfo":{"code":200,"subcode":8515}}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"updated","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/operations/a1937fd6-08c2-4b54-b0e9-6e52d7c4813f","resourceData":{"@odata.type":"#microsoft.graph.commsOperation","id":null,"clientContext":null,"status":"running","resultInfo":null}})",
        // Sharing of content, and participants of a recording policy.
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"created","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/contentSharingSessions/d09a6b3e-15f8-4c72-a4d1-b83e7f20c965","resourceData":[{"@odata.type":"#microsoft.graph.contentSharingSession","@odata.id":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/contentSharingSessions/d09a6b3e-15f8-4c72-a4d1-b83e7f20c965","id":"d09a6b3e-15f8-4c72-a4d1-b83e7f20c965","pngOfCurrentSlide":null,"presenterParticipantId":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a"}]})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26/contentSharingSessions/d09a6b3e-15f8-4c72-a4d1-b83e7f20c965"})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"created","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceData":{"@odata.type":"#microsoft.graph.participantJoiningNotification","call":{"@odata.type":"#microsoft.graph.call","id":"5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","state":"incoming"}}})",
        R"({"@odata.type":"#microsoft.graph.commsNotification","changeType":"deleted","resourceUrl":"/communications/calls/5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26","resourceData":{"@odata.type":"#microsoft.graph.participantLeftNotification","participantId":"8d40c2f7-5b1e-4c69-9a83-e27f06d1b54a","call":{"@odata.type":"#microsoft.graph.call","id":"5f1b8c60-2a9d-4e17-8b5c-7d30a1e94f26"}}})",
};

constexpr KnownValues kValues[] = {
    {"@odata.type",
     R"(["#microsoft.graph.commsNotifications","#microsoft.graph.commsNotification","#microsoft.graph.call","#microsoft.graph.participant","#microsoft.graph.deltaParticipants","#microsoft.graph.commsOperation","#microsoft.graph.inviteParticipantsOperation","#microsoft.graph.playPromptOperation","#microsoft.graph.recordOperation","#microsoft.graph.sendDtmfTonesOperation","#microsoft.graph.muteParticipantOperation","#microsoft.graph.unmuteParticipantOperation","#microsoft.graph.subscribeToToneOperation","#microsoft.graph.cancelMediaProcessingOperation","#microsoft.graph.updateRecordingStatusOperation","#microsoft.graph.startHoldMusicOperation","#microsoft.graph.stopHoldMusicOperation","#microsoft.graph.addLargeGalleryViewOperation","#microsoft.graph.contentSharingSession","#microsoft.graph.participantJoiningNotification","#microsoft.graph.participantLeftNotification","#microsoft.graph.communicationsIdentitySet","#microsoft.graph.unknownFutureType"])"},
    {"changeType", R"(["created","updated","deleted"])"},
    {"state",
     R"(["incoming","establishing","ringing","established","hold","transferring","transferAccepted","redirecting","terminating","terminated","unknownFutureValue","notStarted","active","inactive"])"},
    {"status", R"(["notStarted","running","completed","failed","NotStarted","Running","Completed","Failed","Idle"])"},
    {"direction", R"(["incoming","outgoing","inactive","sendOnly","receiveOnly","sendReceive"])"},
    {"mediaType", R"(["unknown","audio","video","videoBasedScreenSharing","data"])"},
    {"requestedModalities", R"([["audio"],["audio","video"],[],["unknownFutureValue"]])"},
    {"endpointType",
     R"(["default","voicemail","skypeForBusiness","skypeForBusinessVoipPhone","unknownFutureValue",null])"},
    {"recordingStatus", R"(["unknown","notRecording","recording","failed","recordingCapable"])"},
    {"tone",
     R"(["tone0","tone1","tone2","tone3","tone4","tone5","tone6","tone7","tone8","tone9","star","pound","a","b","c","d","flash"])"},
    {"routingType", R"(["forwarded","lookup","selfFork"])"},
    {"audio", R"(["active","inactive"])"},
    {"completionReason",
     R"(["unknown","completedSuccessfully","mediaOperationCanceled","operationCanceled","stopToneDetected","maxRecordDurationReached","initialSilenceTimeout","maxSilenceTimeout","playPromptFailed","playBeepFailed","mediaReceiveTimeout","unspecifiedError","none"])"},
    {"terminationReason", R"(["AppInitiated","AppTransferred","AppRedirected","CallTerminated"])"},
    {"reason", R"(["None","Busy","Forbidden","Removed","none","busy","forbidden"])"},
    {"meetingRole", R"(["organizer","presenter","none","attendee"])"},
    {"label", R"(["main-audio","main-video","applicationsharing-video","data"])"},
    {"code", R"([0,200,400,403,404,408,410,412,480,500,580,"0","200"])"},
    {"subcode",
     R"([0,4097,4521,5000,5001,5002,5003,5010,5020,5201,5300,5855,7000,7015,7112,7700,8508,8515,8522,8537,9999,10037,10057,10134,10199,10550,18503,301005,540000,560000,1203002,"5001","transferring"])"},
    {"subCode", R"([0,5002,5201,8537,"5001","transferring"])"},
    {"message", R"(["code=580 subcode=5201","DiagCode: 412#10073.@","Call not found.",null])"},
    {"@odata.etag", R"(["W/\"51\"","W/\"5445\"","W/\"54451\"","W/\"9\"","W/\"10\"","\"55\"","1","55","W/\"\""])"},
    {"sourceId", R"(["0","1","2","9999","4294967295","-1",1])"},
    {"region", R"(["emea","amer","apac","westus","unknown"])"},
    {"languageId", R"(["en-US","de-DE","zh-CN","",null])"},
    {"createdDateTime",
     R"(["2026-03-05T10:11:12Z","2026-03-05T10:11:12.1234567Z","2018-09-06T15:58:41+02:00","0001-01-01T00:00:00Z","2016-12-31T23:59:60Z"])"},
    {"replacesCallId",
     R"(["b6084e2d-71f5-4a9c-93be-05d7c8a1f62b","/app/calls/b6084e2d71f54a9c93be05d7c8a1f62b","/communications/calls/b6084e2d-71f5-4a9c-93be-05d7c8a1f62b",null])"},
    {"sequenceNumber", R"([0,1,2,3,9,10])"},
    {"rosterSequenceNumber", R"([0,1,2,3,9,10])"},
    {"encrypted", R"([{"id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93"}])"},
    {"onPremises", R"([{"id":"2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93","displayName":"Ada Brook"}])"},
    {"azureCommunicationServicesUser", R"([{"id":"8:acs:2c7e5d11-90ab-4f3e-a6d2-18b4c05f7e93"}])"},
    {"device", R"([{"id":"d0c1b2a3-4e5f-4607-8819-2a3b4c5d6e7f","displayName":"Room"}])"},
};

}  // namespace

std::span<const std::string_view> graph_notifications() {
  return kNotifications;
}
std::span<const KnownValues> graph_values() {
  return kValues;
}

}  // namespace fuzz
