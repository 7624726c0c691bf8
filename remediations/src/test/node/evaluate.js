// Reads {"policies": [{…}], "callers": [{context key: value}, …]} and prints one result a caller: a role that may do
// everything, under the given inline policies.
import { readFileSync } from 'node:fs'
import { runSimulation } from '@cloud-copilot/iam-simulate'

const { policies, callers } = JSON.parse(readFileSync(0, 'utf8'))
const everything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }
const results = []
for (const caller of callers) {
  const answer = await runSimulation(
    {
      request: {
        principal: 'arn:aws:sts::111122223333:assumed-role/agent-deploy-role/' + caller['aws:userid'].split(':')[1],
        action: 's3:GetObject',
        resource: { resource: 'arn:aws:s3:::builds/app.zip', accountId: '111122223333' },
        contextVariables: caller
      },
      identityPolicies: [
        { name: 'everything', policy: everything },
        ...policies.map((policy, i) => ({ name: 'revoke-' + i, policy }))
      ],
      serviceControlPolicies: [{ orgIdentifier: 'root', policies: [{ name: 'all', policy: everything }] }],
      resourceControlPolicies: [],
      resourcePolicy: undefined
    },
    {}
  )
  results.push(answer.overallResult ?? answer.analysis?.result ?? JSON.stringify(answer.errors))
}
console.log(JSON.stringify(results))
