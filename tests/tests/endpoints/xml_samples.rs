//! Responses in XML as cities write them, each beside JSON with the same values.

/// What a response contains.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Services,
    Definition,
    Requests,
    Receipt,
    Updates,
}

/// What the sample shows, what it contains, the XML, and the JSON.
pub(crate) const SAMPLES: [(&str, About, &str, &str); 15] = [
    (
        "a list of services with groups, keywords and flags",
        About::Services,
        r#"<?xml version="1.0" encoding="utf-8"?>
<services>
  <service>
    <service_code>001</service_code>
    <service_name>Cans left out 24x7</service_name>
    <description>Garbage or recycling cans that have been left out &amp; not taken in.</description>
    <metadata>true</metadata>
    <type>realtime</type>
    <keywords>lorem, ipsum, dolor</keywords>
    <group>sanitation</group>
  </service>
  <service>
    <service_code>002</service_code>
    <service_name>Straßenlaterne – “kaputt”</service_name>
    <description/>
    <metadata>false</metadata>
    <type>batch</type>
    <keywords/>
    <group/>
  </service>
</services>"#,
        r#"[{"service_code":"001","service_name":"Cans left out 24x7","description":"Garbage or recycling cans that have been left out & not taken in.","metadata":true,"type":"realtime","keywords":"lorem, ipsum, dolor","group":"sanitation"},
            {"service_code":"002","service_name":"Straßenlaterne – “kaputt”","description":"","metadata":false,"type":"batch","keywords":"","group":""}]"#,
    ),
    (
        "a list of one",
        About::Services,
        "<services><service><service_code>7</service_code><service_name>Only</service_name><metadata>false</metadata></service></services>",
        r#"[{"service_code":"7","service_name":"Only","metadata":false}]"#,
    ),
    (
        "an empty list",
        About::Services,
        "<?xml version='1.0'?><services></services>",
        "[]",
    ),
    (
        "unescaped markup, CDATA, entities of HTML, bare ampersands",
        About::Services,
        "\u{feff} <?xml version=\"1.0\"?><services><service><service_code>A&B</service_code>\
         <service_name>M&uuml;ll & Abfall</service_name>\
         <description><![CDATA[Call <b>now</b> & wait]]></description><keywords>caf&eacute;,th\u{8}\u{e9}</keywords></service>\
         <service><service_code>2</service_code><service_name>Two &#8211; 2&nbsp;x</service_name>\
         <description>Call <b>us</b> first</description></service></services>",
        r#"[{"service_code":"A&B","service_name":"Müll & Abfall","description":"Call <b>now</b> & wait","keywords":"café,thé"},
            {"service_code":"2","service_name":"Two – 2\u00a0x","description":"Call us first"}]"#,
    ),
    (
        "a namespace with a prefix",
        About::Services,
        r#"<o:services xmlns:o="http://open311.example"><o:service><o:service_code>9</o:service_code><o:service_name>Nine</o:service_name></o:service></o:services>"#,
        r#"[{"service_code":"9","service_name":"Nine"}]"#,
    ),
    (
        "a definition with several questions and values",
        About::Definition,
        "<service_definition><service_code>D</service_code><attributes>\
         <attribute><variable>true</variable><code>what</code><datatype>singlevaluelist</datatype><required>true</required>\
         <datatype_description>Pick one</datatype_description><order>2</order><description>What is it?</description>\
         <values><value><key>a</key><name>A &lt; B</name></value><value><key>b</key><name>B</name></value></values></attribute>\
         <attribute><variable>false</variable><code>note</code><order>1</order><description>Mind the gap.</description></attribute>\
         <attribute><variable>true</variable><code>when</code><datatype>datetime</datatype><required>false</required><order>3</order><description>When?</description><values/></attribute>\
         </attributes></service_definition>",
        r#"{"service_code":"D","attributes":[
            {"variable":true,"code":"what","datatype":"singlevaluelist","required":true,"datatype_description":"Pick one","order":2,"description":"What is it?","values":[{"key":"a","name":"A < B"},{"key":"b","name":"B"}]},
            {"variable":false,"code":"note","order":1,"description":"Mind the gap."},
            {"variable":true,"code":"when","datatype":"datetime","required":false,"order":3,"description":"When?","values":[]}]}"#,
    ),
    (
        "a definition with one question of one value, directly below the root",
        About::Definition,
        "<service_definition><service_code>D</service_code><attribute><variable>true</variable><code>w</code>\
         <datatype>multivaluelist</datatype><required>true</required><order>1</order><description>Which?</description>\
         <values><value><key>1</key><name>One</name></value></values></attribute></service_definition>",
        r#"{"service_code":"D","attributes":[{"variable":true,"code":"w","datatype":"multivaluelist","required":true,"order":1,"description":"Which?","values":[{"key":"1","name":"One"}]}]}"#,
    ),
    (
        "a definition with conditions, values that depend, and a stop",
        About::Definition,
        "<service_definition><service_code>C</service_code><attributes>\
         <attribute><variable>true</variable><code>why</code><datatype>singlevaluelist</datatype><required>true</required><order>1</order><description>Why?</description>\
         <values><value><key>fire</key><name>Fire</name><stop>Call 911 now.</stop></value><value><key>old</key><name>Old</name></value></values></attribute>\
         <attribute><variable>true</variable><code>age</code><datatype>number</datatype><required>true</required><order>2</order><description>How old?</description>\
         <dependencies><clause>AND</clause><conditions><condition><attribute>why</attribute><op>eq</op><value>old</value></condition></conditions></dependencies>\
         <stops><stop><clause>OR</clause><conditions><condition><attribute>age</attribute><op>gt</op><value>99</value></condition></conditions><message>Too old.</message></stop></stops></attribute>\
         </attributes></service_definition>",
        r#"{"service_code":"C","attributes":[
            {"variable":true,"code":"why","datatype":"singlevaluelist","required":true,"order":1,"description":"Why?","values":[{"key":"fire","name":"Fire","stop":"Call 911 now."},{"key":"old","name":"Old"}]},
            {"variable":true,"code":"age","datatype":"number","required":true,"order":2,"description":"How old?","dependencies":{"clause":"AND","conditions":[{"attribute":"why","op":"eq","value":"old"}]},
             "stops":[{"clause":"OR","conditions":[{"attribute":"age","op":"gt","value":"99"}],"message":"Too old."}]}]}"#,
    ),
    (
        "requests with empty elements, no coordinates, dates in old formats",
        About::Requests,
        r#"<service_requests xmlns:m="http://sf.example"><request><service_request_id>1129806</service_request_id><status>Open</status><status_notes/>
           <service_name>RCS</service_name><service_code>280</service_code><description/><requested_datetime>2012-05-22 23:57:23.97</requested_datetime>
           <updated_datetime xsi:nil="true" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/><address>     SAN FRANCISCO , CA </address><zipcode>0</zipcode><lat>0.0</lat><long>0.0</long></request>
           <request><long>-79.27</long><lat>43.69</lat><service_request_id>26-01</service_request_id><status>closed</status><service_code>280</service_code>
           <description>Line one
line two</description><requested_datetime>2018-07-30T00:01:00-04:00</requested_datetime><media_url> http://x.example/a.jpg </media_url></request></service_requests>"#,
        r#"[{"service_request_id":"1129806","status":"Open","status_notes":"","service_name":"RCS","service_code":"280","description":"","requested_datetime":"2012-05-22 23:57:23.97","updated_datetime":null,"address":"SAN FRANCISCO , CA","zipcode":"0","lat":0.0,"long":0.0},
            {"service_request_id":"26-01","status":"closed","service_code":"280","description":"Line one\nline two","requested_datetime":"2018-07-30T00:01:00-04:00","media_url":"http://x.example/a.jpg","lat":43.69,"long":-79.27}]"#,
    ),
    (
        "no requests",
        About::Requests,
        "<service_requests>\n</service_requests>",
        "[]",
    ),
    (
        "a request with its history",
        About::Requests,
        "<service_requests><request><service_request_id>5</service_request_id><status>open</status><notes>\
         <note><type>opened</type><description>Taken in</description><datetime>2026-01-02T03:04:05Z</datetime></note>\
         <note><type>closed</type><description>Done &amp; dusted</description><datetime>2026-01-03T03:04:05Z</datetime></note></notes></request></service_requests>",
        r#"[{"service_request_id":"5","status":"open","notes":[{"type":"opened","description":"Taken in","datetime":"2026-01-02T03:04:05Z"},{"type":"closed","description":"Done & dusted","datetime":"2026-01-03T03:04:05Z"}]}]"#,
    ),
    (
        "a receipt with whitespace around its texts",
        About::Receipt,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<service_requests>\n\t<request>\n\t\t<service_request_id> 293944\n</service_request_id>\n\t\t<service_notice>\n\t\t\tWe look at it.\n\t\t</service_notice>\n\t\t<account_id/>\n\t</request>\n</service_requests>\n",
        r#"[{"service_request_id":"293944","service_notice":"We look at it.","account_id":null}]"#,
    ),
    (
        "a token",
        About::Receipt,
        "<service_requests><request><token>12345</token><service_request_id/></request></service_requests>",
        r#"[{"token":"12345","service_request_id":""}]"#,
    ),
    (
        "neither number nor token",
        About::Receipt,
        "<service_requests><request><service_notice>Thank you</service_notice></request></service_requests>",
        r#"[{"service_notice":"Thank you"}]"#,
    ),
    (
        "updates",
        About::Updates,
        "<service_request_updates><request_update><update_id>8</update_id><service_request_id>5</service_request_id><status>CLOSED</status>\
         <updated_datetime>2026-01-02T03:04:05+01:00</updated_datetime><description>Filled &#x2713;</description><media_url/></request_update></service_request_updates>",
        r#"[{"update_id":"8","service_request_id":"5","status":"CLOSED","updated_datetime":"2026-01-02T03:04:05+01:00","description":"Filled ✓","media_url":null}]"#,
    ),
];
